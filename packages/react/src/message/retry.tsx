'use client'
import type { ReactNode } from 'react'
import { useRetry } from '../chat-thread/use-retry.ts'
import { useLabels } from '../use-labels.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useMessage } from './message-context.ts'

export type MessageRetryState = Record<never, never>
export type MessageRetryProps = PartProps<'button', MessageRetryState>

/**
 * Asks for the turn of this answer again. Renders a `<button>` in the newest answer when it was stopped, cut off,
 * failed or is of unknown outcome, and nothing otherwise. What came of this attempt stays above the next one.
 */
export function MessageRetry(props: MessageRetryProps): ReactNode {
  const message = useMessage()
  if (message.role === 'user' || message.end === null || message.end === 'done') return null
  return <RetryOfNewest {...props} messageId={message.id} />
}

interface MessageIdProps extends MessageRetryProps {
  readonly messageId: string
}

function RetryOfNewest({ messageId, ...props }: MessageIdProps): ReactNode {
  const { retry } = useLabels()
  const isNewest = useThreadState((state) => {
    const run = state.turns.at(-1)?.runs.at(-1)
    return run !== undefined && run.end !== null && messageId.startsWith(`${run.id}:`)
  })
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
  return isNewest ? element : null
}
