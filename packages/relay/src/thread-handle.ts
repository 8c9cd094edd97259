import { hidden } from './mask.ts'
import { Refusal } from './refusal.ts'
import type { RelayParts, StartedRun } from './relay-parts.ts'

/** The thread of one run, by the two names it has. */
export interface ThreadHandle {
  /** Fluo's raw ID of the thread that the run continues. */
  readonly threadId: string | null
  /** The sealed handle for the run's raw ID, the same one each time; a thread that is new is made known, once. */
  readonly handleFor: (threadId: string) => Promise<string>
}

/**
 * Opens the handle that a browser sent. Whatever is wrong with it is answered exactly as Fluo's own unknown thread,
 * so that nobody learns which threads exist. A handle under an older key comes back sealed with the first one.
 */
export async function createThreadHandle(
  started: StartedRun,
  parts: RelayParts,
): Promise<ThreadHandle> {
  const { call, userId, exchange } = started
  const { agentId, threadRef } = call
  const { options, sealer, hash } = parts
  const scope = { projectId: options.projectId, agentId, userId }

  const seal = async (threadId: string): Promise<string> => {
    exchange.logMask.learn(threadId, hidden)
    exchange.facts = { ...exchange.facts, thread: await hash('thread', threadId) }
    const handle =
      threadRef !== null && sealer.isCurrent(threadRef)
        ? threadRef
        : await sealer.seal(threadId, scope)
    exchange.logMask.learn(handle, hidden)
    if (threadRef === null) tell(threadId, handle)
    return handle
  }
  const tell = (threadId: string, handle: string): void => {
    const { onThread } = options
    if (onThread === undefined) return
    const isolated = async (): Promise<void> => {
      try {
        await onThread({ userId, agentId, threadId, threadRef: handle })
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : ''
        exchange.log({ level: 'error', event: 'hook-failed', detail: `onThread threw: ${reason}` })
      }
    }
    void isolated()
  }

  let sealed: Promise<string> | null = null
  const handleFor = (threadId: string): Promise<string> => (sealed ??= seal(threadId))
  if (threadRef === null) return { threadId: null, handleFor }
  exchange.logMask.learn(threadRef, hidden)
  const threadId = await sealer.open(threadRef, scope)
  if (threadId === null) {
    throw new Refusal(404, 'thread-gone', {
      detail: 'The thread reference is not one of this user, agent and project.',
    })
  }
  await handleFor(threadId)
  return { threadId, handleFor }
}
