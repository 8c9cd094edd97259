'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import { QueuedContext } from './queued-context.ts'
import { useMoveFocus } from './use-move-focus.ts'

export type ChatThreadCancelQueuedState = Record<never, never>
export type ChatThreadCancelQueuedProps = PartProps<'button', ChatThreadCancelQueuedState>

/**
 * Takes the queued turn around out of the queue; its text goes back into the composer it was written in. Renders a
 * `<button>`. It goes away with the turn: a keyboard's focus moves to the input, a pointer's to the log, where it opens
 * no on-screen keyboard.
 */
export function ChatThreadCancelQueued(props: ChatThreadCancelQueuedProps): ReactNode {
  const { cancelQueued } = useLabels()
  const { id } = useRequired(QueuedContext, '<ChatThread.CancelQueued>', 'ChatThread.Queued')
  const thread = useThread()
  const moveFocus = useMoveFocus()
  return usePart('button', props, {
    part: 'chat-thread-cancel-queued',
    state: {},
    props: {
      type: 'button',
      children: cancelQueued,
      onClick(event) {
        if (event.defaultPrevented) return
        moveFocus(event)
        thread.cancelQueued(id)
      },
    },
  })
}
