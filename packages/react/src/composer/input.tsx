'use client'
import type { KeyboardEvent, ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ComposerContext } from './composer-context.ts'

/** `data-empty`. */
export type ComposerInputState = { readonly isEmpty: boolean }
export type ComposerInputProps = PartProps<'textarea', ComposerInputState>

/**
 * The text to send. Renders a `<textarea dir="auto">`, never disabled: a person can write on while an answer
 * arrives. Enter sends, Shift+Enter begins a line; Enter that ends a composition does neither.
 */
export function ComposerInput(props: ComposerInputProps): ReactNode {
  const { message } = useLabels()
  const { text, setText, submit, inputRef } = useRequired(
    ComposerContext,
    '<Composer.Input>',
    'Composer.Root',
  )
  return usePart('textarea', props, {
    part: 'composer-input',
    state: { isEmpty: text.trim() === '' },
    ref: inputRef,
    props: {
      'aria-label': message,
      dir: 'auto',
      rows: 1,
      value: text,
      onChange(event) {
        if (!event.defaultPrevented) setText(event.currentTarget.value)
      },
      onKeyDown(event) {
        if (event.defaultPrevented || !isSendKey(event)) return
        event.preventDefault()
        submit()
      },
    },
  })
}

/** Safari reports the Enter that ends a composition after it has ended, with the key code 229. */
function isSendKey({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing && nativeEvent.keyCode !== 229
}
