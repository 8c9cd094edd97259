'use client'
import type { Thread } from '@fluokit/core'
import { useMemo, useReducer, useState } from 'react'

/** What is being written to one thread. */
export interface Draft {
  /** As it was rendered. */
  readonly text: string
  /** As it is now, also in the task that has just changed it. */
  readonly read: () => string
  readonly write: (text: string) => void
}

/**
 * The draft of a thread, for as long as the component lives: another thread has another one, and coming back finds
 * it again. Re-renders with each change of it.
 */
export function useDraft(thread: Thread): Draft {
  const [drafts] = useState(() => new WeakMap<Thread, string>())
  const [, rerender] = useReducer((count: number) => count + 1, 0)
  const text = drafts.get(thread) ?? ''
  return useMemo(
    () => ({
      text,
      read: () => drafts.get(thread) ?? '',
      write(next) {
        drafts.set(thread, next)
        rerender()
      },
    }),
    [drafts, thread, text],
  )
}
