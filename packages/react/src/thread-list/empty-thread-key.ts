import type { FluoClient, ThreadSummary } from '@fluokit/core'

/** Whether what is stored has yet to be read: then the list is the one that it began with. */
export function isUnread({ threads }: FluoClient, list: readonly ThreadSummary[]): boolean {
  return list === threads.getInitialState()
}

const made = new WeakMap<FluoClient, Map<string, string>>()

/**
 * The key of a conversation with this agent in which nothing was asked yet, which is one that the list does not have: the agent's
 * current one, or the one that was made last, or else a fresh one.
 */
export function emptyThreadKey(client: FluoClient, agentId: string): string {
  const list = client.threads.getState()
  const isEmpty = (key: string): boolean =>
    list.every((thread) => thread.agentId !== agentId || thread.threadKey !== key)
  const { threadKey: current } = client.thread({ agentId })
  if (!isUnread(client, list) && isEmpty(current)) return current
  const keys = made.get(client) ?? new Map<string, string>()
  made.set(client, keys)
  const last = keys.get(agentId)
  if (last !== undefined && isEmpty(last)) return last
  const fresh = newKey()
  keys.set(agentId, fresh)
  return fresh
}

/** Random, also where `crypto.randomUUID` is absent (plain http). */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
