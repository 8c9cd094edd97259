'use client'
import { createContext, type Context, type RefObject } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** How the log is scrolled. */
export interface LogScroll {
  /** Whether the end is kept in view. */
  readonly isFollowing: boolean
  /** How many messages have begun since it was let go. */
  readonly unread: number
  /** Goes to the end and keeps it in view; does nothing without a viewport. */
  readonly toEnd: () => void
}

/** What the parts of one ChatThread.Root tell each other. */
export interface ThreadRoot {
  /** The composer's input, which takes the focus of parts that go away. */
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
  /** How many ChatThread.Error stand here, so that a message is silent about what they say. */
  readonly errorParts: StoreApi<number>
  readonly scroll: StoreApi<LogScroll>
}

/** The root around. */
export const RootContext: Context<ThreadRoot | null> = createContext<ThreadRoot | null>(null)

/** The beginning, and after every return to the end. */
export const followed: Pick<LogScroll, 'isFollowing' | 'unread'> = { isFollowing: true, unread: 0 }

/** A root's beginnings: no input, no error part, no viewport yet. */
export function createThreadRoot(): ThreadRoot {
  return {
    inputRef: { current: null },
    errorParts: createStore(() => 0),
    scroll: createStore<LogScroll>(() => ({ ...followed, toEnd: () => undefined })),
  }
}
