'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ComposerContext } from './composer-context.ts'

/**
 * `data-disabled` while there is nothing to send, or too much, or a run is open; `data-waiting`, together with it, while the
 * draft is sent once its files are ready.
 */
export type ComposerSendState = { readonly isDisabled: boolean; readonly isWaiting: boolean }
export type ComposerSendProps = PartProps<'button', ComposerSendState>

/**
 * Sends the text. Renders a `<button type="submit">` that stays focusable, `aria-disabled` while it cannot; pressed then,
 * Composer.Error says why. While files are on their way the text is sent by itself once they are ready.
 */
export function ComposerSend(props: ComposerSendProps): ReactNode {
  const { send } = useLabels()
  const { view, actions } = useRequired(ComposerContext, '<Composer.Send>', 'Composer.Root')
  const { canSend, isWaiting } = view
  return usePart('button', props, {
    part: 'composer-send',
    state: { isDisabled: !canSend, isWaiting },
    props: {
      type: 'submit',
      'aria-disabled': !canSend,
      'aria-label': nameOfIcon(props.children, send),
      children: send,
      onClick(event) {
        // Without a form around there is nothing that a press would submit.
        if (event.defaultPrevented || event.currentTarget.form !== null) return
        actions.send('send-press', event.nativeEvent)
      },
    },
  })
}
