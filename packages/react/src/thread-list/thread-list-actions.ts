'use client'
import type { ThreadSummary } from '@fluokit/core'
import { createContext, type Context } from 'react'

/** Why another conversation is to be shown: one was chosen, a new one was asked for, or the one that was shown is gone. */
export type ThreadKeyReason = 'trigger-press' | 'new-press' | 'removed'

/** What the parts of a list do. Keeps its identity. */
export interface ThreadListActions {
  readonly select: (threadKey: string, reason: ThreadKeyReason, event: Event | null) => void
  /** Selects a conversation in which nothing was asked yet. */
  readonly begin: (event: Event | null) => void
  readonly remove: (thread: ThreadSummary, event: Event | null) => void
  readonly rename: (thread: ThreadSummary, title: string) => void
  /** Begins to rename one. */
  readonly startRename: (threadKey: string) => void
  /** Ends that; `toTrigger` says whether the focus goes back to where it began. */
  readonly endRename: (toTrigger: boolean) => void
  /** The focus has come to this one, which is where Tab comes back to. */
  readonly visit: (threadKey: string) => void
  /** Moves the focus from one trigger to another. Says whether the key is one that does. */
  readonly move: (threadKey: string, key: string) => boolean
  /** Keeps the trigger of a thread, which takes the focus where it is waited for, until the returned function is called. */
  readonly addTrigger: (threadKey: string, trigger: HTMLElement) => () => void
  /** Keeps the button that begins a conversation. */
  readonly setNew: (button: HTMLElement | null) => void
}

/** What can be done with the list around. */
export const ThreadListActionsContext: Context<ThreadListActions | null> =
  createContext<ThreadListActions | null>(null)
