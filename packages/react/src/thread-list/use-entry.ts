'use client'
import { useRequired } from '../contexts.ts'
import { ThreadListItemContext, type ThreadListEntry } from './item-context.ts'
import { ThreadListActionsContext, type ThreadListActions } from './thread-list-actions.ts'

/** The conversation around a part, and what can be done with it. */
export function useEntry(part: string): ThreadListEntry & { readonly actions: ThreadListActions } {
  const name = `<ThreadList.${part}>`
  const entry = useRequired(ThreadListItemContext, name, 'ThreadList.Items')
  const actions = useRequired(ThreadListActionsContext, name, 'ThreadList.Root')
  return { ...entry, actions }
}
