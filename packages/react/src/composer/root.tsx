'use client'
import type { ThreadState } from '@fluokit/core'
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'

/** `data-empty` while there is nothing to send, `data-running` while a run is open. */
export type ComposerRootState = { readonly isEmpty: boolean; readonly isRunning: boolean }
export type ComposerRootProps = PartProps<'form', ComposerRootState>

/**
 * Where a person writes. Renders a `<form>`. The input empties in the task that sends; a text that is not taken
 * comes back, before anything written since. Re-renders with each keystroke, together with its parts and nothing else.
 */
export function ComposerRoot(props: ComposerRootProps): ReactNode {
  const thread = useThread()
  const isRunning = useThreadState(isBusy)
  const [text, showText] = useState('')
  const latest = useRef('')
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const isEmpty = text.trim() === ''
  const canSend = !isEmpty && !isRunning

  const setText = useCallback((next: string) => {
    latest.current = next // a second submit in this task must not see the text of the first
    showText(next)
  }, [])
  const submit = useCallback(() => {
    const taken = latest.current
    if (taken.trim() === '' || isBusy(thread.store.getState())) return
    setText('')
    void thread.send(taken).then((result) => {
      if (result.sent) return
      const since = latest.current
      setText(since === '' ? taken : `${taken}\n${since}`)
    })
  }, [setText, thread])

  const composer = useMemo(
    () => ({ text, setText, submit, canSend, isRunning, inputRef }),
    [text, setText, submit, canSend, isRunning],
  )
  const element = usePart('form', props, {
    part: 'composer-root',
    state: { isEmpty, isRunning },
    props: {
      onSubmit(event) {
        if (event.defaultPrevented) return
        event.preventDefault()
        submit()
      },
    },
  })
  return <ComposerContext value={composer}>{element}</ComposerContext>
}

function isBusy({ status }: ThreadState): boolean {
  return status === 'submitted' || status === 'streaming'
}
