import type { Relay } from '../relay.ts'
import type { RelayParts } from '../relay-parts.ts'

/** The `sealThread` of one relay. */
export function createSealThread({
  options,
  sealer,
}: Pick<RelayParts, 'options' | 'sealer'>): Relay['sealThread'] {
  const { projectId, agents } = options
  return async (userId, agentId, threadId) => {
    if (typeof userId !== 'string' || userId === '') {
      throw new Error('sealThread: userId is empty, and a handle is always of somebody.')
    }
    if (!agents.includes(agentId)) {
      throw new Error("sealThread: the relay's option agents does not list this agent.")
    }
    const isText = typeof threadId === 'string'
    const handle = isText ? await sealer.seal(threadId, { projectId, agentId, userId }) : null
    if (handle === null) {
      throw new Error('sealThread: threadId is empty, too long, or no text that could be sealed.')
    }
    return handle
  }
}
