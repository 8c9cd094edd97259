'use client'
import type { MouseEvent } from 'react'
import { useThread } from '../use-thread.ts'
import { useMoveFocus } from '../chat-thread/use-move-focus.ts'

/**
 * A press that asks for the last turn again, in a new thread where the old one is gone. The button goes away with the
 * failure: a keyboard's focus moves to the input, a pointer's to the log, where it opens no on-screen keyboard.
 */
export function useRetry(): (event: MouseEvent) => void {
  const thread = useThread()
  const moveFocus = useMoveFocus()
  return (event) => {
    if (event.defaultPrevented) return
    moveFocus(event)
    const { error } = thread.store.getState()
    void thread.retry({ inNewThread: error?.code === 'thread-gone' })
  }
}
