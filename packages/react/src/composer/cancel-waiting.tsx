'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { ComposerContext } from './composer-context.ts'

export type ComposerCancelWaitingState = Record<never, never>
export type ComposerCancelWaitingProps = PartProps<'button', ComposerCancelWaitingState>

/**
 * Keeps the draft from being sent by itself; it stays, and its files go on. Renders a `<button>` while it waits, and nothing
 * otherwise. The button goes away: the focus moves to the input, or where there is nothing but touch to the log.
 */
export function ComposerCancelWaiting(props: ComposerCancelWaitingProps): ReactNode {
  const { cancelWaiting } = useLabels()
  const composer = useRequired(ComposerContext, '<Composer.CancelWaiting>', 'Composer.Root')
  const { view, returnFocus } = composer
  const element = usePart('button', props, {
    part: 'composer-cancel-waiting',
    state: {},
    props: {
      type: 'button',
      'aria-label': nameOfIcon(props.children, cancelWaiting),
      children: cancelWaiting,
      onClick(event) {
        if (event.defaultPrevented) return
        returnFocus()
        view.cancelWaiting()
      },
    },
  })
  return view.isWaiting ? element : null
}
