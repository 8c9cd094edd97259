'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useRetry } from '../failure/use-retry.ts'

export type ChatThreadRetryState = Record<never, never>
export type ChatThreadRetryProps = PartProps<'button', ChatThreadRetryState>

/**
 * Asks for the last turn again. Renders a `<button>` while there is an error to recover from, and nothing otherwise.
 * Where the thread itself is gone, the turn begins a new one. The button goes away with the error: a keyboard's focus
 * moves to the input, a pointer's to the log, where it opens no on-screen keyboard.
 */
export function ChatThreadRetry(props: ChatThreadRetryProps): ReactNode {
  const { retry: label } = useLabels()
  const code = useThreadState((state) => (state.status === 'error' ? state.error?.code : undefined))
  const onClick = useRetry()
  const element = usePart('button', props, {
    part: 'chat-thread-retry',
    state: {},
    props: {
      type: 'button',
      'aria-label': nameOfIcon(props.children, label),
      children: label,
      onClick,
    },
  })
  return code === undefined ? null : element
}
