import type { FluoClient, ThreadSummary } from '@fluokit/core'

/** Whether what is stored has yet to be read: then the list is the one that it began with. */
export function isUnread({ threads }: FluoClient, list: readonly ThreadSummary[]): boolean {
  return list === threads.getInitialState()
}

/**
 * The key of the conversation that `client.thread` gives without one. Not asked of the client: that would open it, and what
 * ChatThread.Root says of it would count no more.
 */
export const currentKey = 'current'

/**
 * The key of a conversation with this agent in which nothing was asked yet: of the agent's current one, else the first in a row that the list
 * does not have. So it is the same one, with what was written in it, until something is asked there, after a reload as well.
 */
export function emptyThreadKey(client: FluoClient, agentId: string): string {
  const list = client.threads.getState()
  if (isUnread(client, list)) return randomKey() // any in the row may be taken
  const taken = new Set(list.flatMap((own) => (own.agentId === agentId ? [own.threadKey] : [])))
  let threadKey = currentKey
  for (let next = 1; taken.has(threadKey); next += 1) threadKey = `thread-${next}`
  return threadKey
}

/** Also where `crypto.randomUUID` is absent (plain http). */
function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
