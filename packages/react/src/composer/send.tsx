'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ComposerContext } from './composer-context.ts'

/** `data-disabled` while there is nothing to send or a run is open. */
export type ComposerSendState = { readonly isDisabled: boolean }
export type ComposerSendProps = PartProps<'button', ComposerSendState>

/** Sends the text. Renders a `<button type="submit">` that stays focusable, `aria-disabled` while it cannot. */
export function ComposerSend(props: ComposerSendProps): ReactNode {
  const { send } = useLabels()
  const { canSend } = useRequired(ComposerContext, '<Composer.Send>', 'Composer.Root')
  return usePart('button', props, {
    part: 'composer-send',
    state: { isDisabled: !canSend },
    props: { type: 'submit', 'aria-disabled': !canSend, children: send },
  })
}
