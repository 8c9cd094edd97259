'use client'
import type { ThreadSummary } from '@fluokit/core'
import { createContext, type Context, type RefObject } from 'react'

/** One conversation of a list. */
export interface ThreadListEntry {
  readonly thread: ThreadSummary
  readonly isActive: boolean
  readonly isRenaming: boolean
  /** Whether Tab comes to it. */
  readonly isTabStop: boolean
  /** Whether there is an input to rename it in. */
  readonly hasInputRef: RefObject<boolean>
}

/** The conversation around. */
export const ThreadListItemContext: Context<ThreadListEntry | null> =
  createContext<ThreadListEntry | null>(null)
