'use client'
import type { ReactNode } from 'react'
import { useRetry } from '../failure/use-retry.ts'
import { useLabels } from '../use-labels.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useIsNewest, useMessageOutline } from './message-context.ts'

export type MessageRetryState = Record<never, never>
export type MessageRetryProps = PartProps<'button', MessageRetryState>

/**
 * Asks for the turn of this answer again. Renders a `<button>` in the newest answer when it was stopped, cut off,
 * failed or is of unknown outcome, and nothing otherwise. What came of this attempt stays above the next one.
 */
export function MessageRetry(props: MessageRetryProps): ReactNode {
  const { retry } = useLabels()
  const message = useMessageOutline()
  const isNewest = useIsNewest()
  const onClick = useRetry()
  const element = usePart('button', props, {
    part: 'message-retry',
    state: {},
    props: {
      type: 'button',
      'aria-label': nameOfIcon(props.children, retry),
      children: retry,
      onClick,
    },
  })
  if (!isNewest || message.role === 'user') return null
  return message.end === null || message.end === 'done' ? null : element
}
