import { Refusal } from '../answer/refusal.ts'
import type { RelayParts, StartedRun } from '../relay-parts.ts'
import { longestThreadId } from './seal-thread.ts'

/** The thread of one run, by the two names it has. */
export interface ThreadHandle {
  /** Fluo's raw ID of the thread that the run continues. */
  readonly threadId: string | null
  /**
   * The sealed handle for the run's raw ID, the same one each time; a thread that is new is made known, once. Null,
   * and logged once, for an ID that cannot be sealed: the run goes on, and its thread cannot be continued.
   */
  readonly handleFor: (threadId: string) => Promise<string | null>
}

/**
 * Opens the handle that a browser sent. Whatever is wrong with it is answered exactly as Fluo's own unknown thread,
 * so that nobody learns which threads exist. A handle that is stale comes back sealed anew.
 */
export async function createThreadHandle(
  started: StartedRun,
  parts: RelayParts,
): Promise<ThreadHandle> {
  const { call, userId, exchange } = started
  const { agentId, threadRef } = call
  const { options, sealer, hash } = parts
  const scope = { projectId: options.projectId, agentId, userId }

  const opened = threadRef === null ? null : await sealer.open(threadRef, scope)

  const seal = async (threadId: string): Promise<string | null> => {
    exchange.logMask.learn(threadId)
    exchange.facts = { ...exchange.facts, thread: await hash('thread', threadId) }
    const handle = opened?.isStale === false ? threadRef : await sealer.seal(threadId, scope)
    if (handle === null) {
      const detail = `Fluo's thread ID is over ${longestThreadId} characters or no text, so the thread cannot be continued.`
      exchange.log({ level: 'warn', event: 'not-sealed', detail })
      return null
    }
    exchange.logMask.learn(handle)
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

  let sealed: Promise<string | null> | null = null
  const handleFor = (threadId: string): Promise<string | null> => (sealed ??= seal(threadId))
  if (threadRef === null) return { threadId: null, handleFor }
  exchange.logMask.learn(threadRef)
  if (opened === null) {
    throw new Refusal(404, 'thread-gone', {
      detail: 'The thread reference is not one of this user, agent and project, or has expired.',
    })
  }
  await handleFor(opened.threadId)
  return { threadId: opened.threadId, handleFor }
}
