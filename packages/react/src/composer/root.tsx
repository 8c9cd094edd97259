'use client'
import { isBusy } from '@fluokit/core'
import { use, useCallback, useMemo, useRef, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'
import { useDraft } from './use-draft.ts'

/** `data-empty` while there is nothing to send, `data-running` while a run is open. */
export type ComposerRootState = { readonly isEmpty: boolean; readonly isRunning: boolean }
export type ComposerRootProps = PartProps<'form', ComposerRootState>

/**
 * Where a person writes. Renders a `<form>`. The input empties in the task that sends; a text that is not taken
 * comes back, before anything written since. Each thread has a draft of its own. Re-renders with each keystroke,
 * together with its parts and nothing else.
 */
export function ComposerRoot(props: ComposerRootProps): ReactNode {
  const thread = useThread()
  const isRunning = useThreadState(isBusy)
  const { text, read, write } = useDraft(thread)
  const ownRef = useRef<HTMLTextAreaElement>(null)
  const inputRef = use(RootContext)?.inputRef ?? ownRef
  const isEmpty = text.trim() === ''
  const canSend = !isEmpty && !isRunning

  const submit = useCallback(() => {
    const taken = read()
    if (taken.trim() === '' || isBusy(thread.store.getState())) return
    write('')
    void thread.send(taken).then((result) => {
      if (result.sent) return
      const since = read()
      write(since === '' ? taken : `${taken}\n${since}`)
    })
  }, [read, write, thread])

  const composer = useMemo(
    () => ({ text, setText: write, submit, canSend, isRunning, inputRef }),
    [text, write, submit, canSend, isRunning, inputRef],
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
