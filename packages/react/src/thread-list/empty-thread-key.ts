import type { FluoClient } from '@fluokit/core'
import { currentKey } from './current-key.ts'

/** Of each client and agent those that somebody was sent to, or was shown, with nothing asked in them: the last one last. */
const visited = new WeakMap<FluoClient, Map<string, readonly string[]>>()

/**
 * The key of a conversation with this agent in which nothing was asked yet: of the one that was there last, with what was written in it, else
 * of one that nobody has been in. That is the agent's current one, or the next in a row that the list has: so after a reload it
 * is, as a rule, the same. One that is `shown`, without a question, is the one that was there last.
 */
export function emptyThreadKey(client: FluoClient, agentId: string, shown?: string): string {
  const { threads } = client
  const byAgent = visited.get(client) ?? new Map<string, readonly string[]>()
  visited.set(client, byAgent)
  const own = threads.getState().filter((thread) => thread.agentId === agentId)
  const taken = own.map(({ threadKey }) => threadKey)
  const others = (byAgent.get(agentId) ?? []).filter((key) => key !== shown)
  const empty = [...others, shown ?? []].flat().filter((key) => !taken.includes(key))
  const last = empty.at(-1) ?? (threads.isRead ? nextKey(taken) : randomKey())
  byAgent.set(agentId, empty.length === 0 && shown === undefined ? [last] : empty)
  return last
}

/** Behind the last of the row: one before it may be free because it was deleted, and then nobody has written there. */
function nextKey(taken: readonly string[]): string {
  const places = taken.map((key) => Number(/^thread-(\d{1,9})$/.exec(key)?.[1] ?? 0))
  const last = Math.max(0, ...places)
  return last === 0 && !taken.includes(currentKey) ? currentKey : `thread-${last + 1}`
}

/** While it is not known which are taken. Also where `crypto.randomUUID` is absent (plain http). */
function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
