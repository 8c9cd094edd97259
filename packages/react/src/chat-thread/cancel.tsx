'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { useMoveFocus } from './use-move-focus.ts'

export type ChatThreadCancelState = Record<never, never>
export type ChatThreadCancelProps = PartProps<'button', ChatThreadCancelState>

/**
 * Has the thread not ask again by itself after a rate limit; the error stays, with Retry. Renders a `<button>` while the
 * thread's activity is `waiting`, and nothing otherwise. The button goes away: a keyboard's focus moves to the input, a
 * pointer's to the log, where it opens no on-screen keyboard.
 */
export function ChatThreadCancel(props: ChatThreadCancelProps): ReactNode {
  const { cancelRetry } = useLabels()
  const thread = useThread()
  const isWaiting = useThreadState(({ activity }) => activity === 'waiting')
  const moveFocus = useMoveFocus()
  const element = usePart('button', props, {
    part: 'chat-thread-cancel',
    state: {},
    props: {
      type: 'button',
      children: cancelRetry,
      onClick(event) {
        if (event.defaultPrevented) return
        moveFocus(event)
        void thread.stop()
      },
    },
  })
  return isWaiting ? element : null
}
