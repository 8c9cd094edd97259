'use client'
import { useLayoutEffect, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { isOfInputMethod } from '../chat-thread/use-stop-on-escape.ts'
import { useRequired } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'
import { hasText } from './draft.ts'
import { directionOf, pasteLargeText } from './large-text.ts'
import { useSendKey } from './use-send-key.ts'

/** `data-empty`, `data-over-limit` while the text is longer than can be sent. */
export type ComposerInputState = { readonly isEmpty: boolean; readonly isOverLimit: boolean }
export type ComposerInputProps = PartProps<'textarea', ComposerInputState>

/**
 * The text to send. Renders a `<textarea dir="auto">`, never disabled: a person can write on while an answer
 * arrives. Composer.Root's `submitMode` says which key sends; an Enter that accepts a candidate of an input method never
 * does. ArrowUp in an empty input brings the last turn back. Files that are pasted without a text beside them are uploaded. A text of more than 20,000 characters has one direction for
 * all its lines, and pasting it cannot be undone. Re-renders with each keystroke.
 */
export function ComposerInput(props: ComposerInputProps): ReactNode {
  const { 'aria-describedby': description, ...rest } = props
  const { message } = useLabels()
  const composer = useRequired(ComposerContext, '<Composer.Input>', 'Composer.Root')
  const { view, actions, submitMode, inputRef, descriptions, isComposing } = composer
  const thread = useThread()
  const { text, files, isOverLimit } = view
  const described = useStore(descriptions, (ids) => [description, ...ids].filter(Boolean).join(' '))
  const { ref, onKeyDown, ...keys } = useSendKey(inputRef, submitMode, (event) => {
    // The last syllable of a composition may be on the page only.
    const written = inputRef.current?.value ?? text
    if (written !== text) actions.write(written, 'input', event)
    actions.send('enter-key', event)
  })

  // An input that goes away in the middle of a composition never hears of its end.
  useLayoutEffect(() => () => isComposing.setState(false, true), [isComposing])

  function bringBackOn(event: KeyboardEvent): void {
    const last = thread.store.getState().turns.at(-1)
    if (last === undefined || !isBareArrowUp(event) || event.defaultPrevented) return
    if (inputRef.current?.value !== '' || files.length > 0) return
    event.preventDefault()
    actions.putBack(last.input, 'edit-last', event.nativeEvent)
  }

  return usePart('textarea', rest, {
    part: 'composer-input',
    state: { isEmpty: !hasText(text), isOverLimit },
    ref,
    props: {
      'aria-label': message,
      'aria-describedby': described === '' ? undefined : described,
      'aria-invalid': isOverLimit ? true : undefined,
      dir: directionOf(text),
      rows: 1,
      enterKeyHint: submitMode === 'enter' ? 'send' : undefined,
      value: text,
      ...keys,
      onChange(event) {
        if (event.defaultPrevented) return
        actions.write(event.currentTarget.value, 'input', event.nativeEvent)
      },
      onCompositionStart: () => isComposing.setState(true, true),
      onCompositionEnd: () => isComposing.setState(false, true),
      onPaste(event) {
        const pasted = event.defaultPrevented ? [] : pastedFiles(event.clipboardData)
        if (pasted.length === 0) return pasteLargeText(event)
        if (thread.uploads !== null) event.preventDefault()
        view.addFiles(pasted)
      },
      onKeyDown(event) {
        onKeyDown(event)
        bringBackOn(event)
      },
    },
  })
}

function isBareArrowUp(event: KeyboardEvent): boolean {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event
  const isHeld = shiftKey || ctrlKey || altKey || metaKey
  return key === 'ArrowUp' && !isHeld && !isOfInputMethod(event)
}

/**
 * The files of a clipboard that holds no text but their names, as some file managers write them: Word and Excel put a picture of the
 * text beside it.
 */
function pastedFiles(data: DataTransfer): readonly File[] {
  const files = [...data.files]
  const lines = data.getData('text/plain').split(/\r?\n/)
  const isOfNames =
    files.length > 0 && lines.join('\n') === files.map(({ name }) => name).join('\n')
  return data.types.includes('text/plain') && !isOfNames ? [] : files
}
