'use client'
import type { ThreadSummary } from '@fluokit/core'
import { createContext, type Context, type RefObject } from 'react'
import { useRequired } from '../contexts.ts'
import { ThreadListActionsContext, type ThreadListActions } from './thread-list-context.ts'

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

/** The conversation around a part, and what can be done with it. */
export function useEntry(part: string): ThreadListEntry & { readonly actions: ThreadListActions } {
  const name = `<ThreadList.${part}>`
  const entry = useRequired(ThreadListItemContext, name, 'ThreadList.Items')
  const actions = useRequired(ThreadListActionsContext, name, 'ThreadList.Root')
  return { ...entry, actions }
}
