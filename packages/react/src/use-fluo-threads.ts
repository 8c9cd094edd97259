'use client'
import type { FluoClient, ThreadName, ThreadSummary } from '@fluokit/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { emptyThreadKey } from './thread-list/empty-thread-key.ts'
import { isUnread } from './thread-list/is-unread.ts'
import { useFluoClient } from './use-thread.ts'

/** The conversations of a user, and what can be done with them. The actions keep their identity for as long as the client does. */
export interface ThreadsView {
  /** Newest first. One that has not changed keeps its identity. */
  readonly threads: readonly ThreadSummary[]
  /** True until what is stored has been read, which begins with the first render of this hook. */
  readonly isRestoring: boolean
  /** Gives a conversation a title of the person's own; with null or a blank one it has its first words again. Never rejects. */
  readonly rename: (thread: ThreadName, title: string | null) => Promise<void>
  /** Forgets all that this browser holds of a conversation. The thread on the server remains. Never rejects. */
  readonly remove: (thread: ThreadName) => Promise<void>
  /**
   * The key of a conversation in which nothing was asked yet, for `threadKey`: until something is asked in it the same one, with what was
   * written there, so that there are never two. Stores nothing. After a reload it is the same one as a rule: not where it was given before
   * what is stored had been read, or where one of those in the list was deleted since.
   */
  readonly create: (agentId: string) => string
}

/**
 * Every conversation of the user, or of the user with one agent: those that have a turn. Re-renders when the list changes: one comes, goes,
 * is renamed, or begins or ends a run. Never with a delta. Throws outside `<FluoProvider>`.
 */
export function useFluoThreads(options?: { readonly agentId?: string | undefined }): ThreadsView {
  const agentId = options?.agentId
  const client = useFluoClient()
  const select = useMemo(() => selectorOf(client, agentId), [client, agentId])
  const threads = useStore(client.threads, select)
  const isRestoring = useStore(client.threads, (all) => isUnread(client, all))
  const actions = useMemo(
    (): Pick<ThreadsView, 'rename' | 'remove' | 'create'> => ({
      rename: (thread, title) => client.renameThread(thread, title),
      remove: (thread) => client.removeThread(thread),
      create: (agent) => emptyThreadKey(client, agent),
    }),
    [client],
  )
  return useMemo(() => ({ threads, isRestoring, ...actions }), [threads, isRestoring, actions])
}

/** The threads of an agent, the same list for as long as these are the same. */
function selectorOf(
  client: FluoClient,
  agentId: string | undefined,
): (all: readonly ThreadSummary[]) => readonly ThreadSummary[] {
  if (agentId === undefined) return (all) => all
  let kept = client.threads.getInitialState()
  return (all) => {
    const own = all.filter((thread) => thread.agentId === agentId)
    const isSame = own.length === kept.length && own.every((thread, at) => thread === kept[at])
    if (!isSame) kept = own
    return kept
  }
}
