'use client'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { isOfInputMethod } from '../chat-thread/use-stop-on-escape.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useEntry } from './use-entry.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

export type ThreadListRenameInputState = Record<never, never>
export type ThreadListRenameInputProps = PartProps<'input', ThreadListRenameInputState>

/**
 * The title of the conversation, to be written. Renders an `<input dir="auto">` while it is, in the place of the Trigger and of Rename, and
 * nothing otherwise. It takes the focus with all of the title selected. Enter and a blur save it, Escape leaves it as it was; both keys give the
 * focus back to the Trigger, and neither is taken from an input method. An empty title brings the first words back.
 */
export function ThreadListRenameInput(props: ThreadListRenameInputProps): ReactNode {
  const { isRenaming, hasInputRef } = useEntry('RenameInput')
  useLayoutEffect(() => {
    hasInputRef.current = true
    return () => {
      hasInputRef.current = false
    }
  }, [hasInputRef])
  return isRenaming ? <Field {...props} /> : null
}

function Field(props: ThreadListRenameInputProps): ReactNode {
  const { title: name } = useThreadListLabels()
  const { thread, actions } = useEntry('RenameInput')
  const [text, setText] = useState(thread.title ?? '')
  const inputRef = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  useLayoutEffect(() => {
    const input = inputRef.current
    input?.focus()
    if (input !== null && 'select' in input) input.select() // an element of the app's may be none
  }, [])

  function end(isKept: boolean, toTrigger: boolean): void {
    if (isOver.current) return // what goes away is blurred as well
    isOver.current = true
    if (isKept && text.trim() !== (thread.title ?? '')) actions.rename(thread, text)
    actions.endRename(toTrigger)
  }

  return usePart('input', props, {
    part: 'thread-list-rename-input',
    state: {},
    ref: inputRef,
    props: {
      type: 'text',
      'aria-label': name,
      dir: 'auto',
      autoComplete: 'off',
      enterKeyHint: 'done',
      value: text,
      onChange(event) {
        if (!event.defaultPrevented) setText(event.currentTarget.value)
      },
      onBlur({ currentTarget }) {
        // A window that is left keeps its focus for when it is come back to.
        if (currentTarget.ownerDocument.activeElement !== currentTarget) end(true, false)
      },
      onKeyDown(event) {
        const { key } = event
        if (event.defaultPrevented || isOfInputMethod(event)) return
        if (key !== 'Enter' && key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation() // and nothing around closes, or stops
        end(key === 'Enter', true)
      },
    },
  })
}
