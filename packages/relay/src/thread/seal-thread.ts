import { createSealer, type SealKey } from './create-sealer.ts'

/** What a handle is good for; it opens for exactly this and nothing else. */
interface SealScope {
  readonly projectId: string
  readonly agentId: string
  readonly userId: string
}

/** What a handle stands for. */
export interface OpenedThread {
  readonly threadId: string
  /** Whether it is time for a new handle: this one was sealed with an older key, or is past half its life. */
  readonly isStale: boolean
}

export interface ThreadSealer {
  /** A new handle for a raw thread ID, sealed with the first key; null for one that is empty, over {@link longestThreadId}, or half a pair of surrogates. */
  seal(threadId: string, scope: SealScope): Promise<string | null>
  /** The thread, or null for whatever is not a handle of ours for this scope and this time. Never throws. */
  open(handle: string, scope: SealScope): Promise<OpenedThread | null>
}

/** The longest raw thread ID that is sealed, in characters. */
export const longestThreadId = 1024

/** Seals thread IDs for one project, agent and user; `lifetimeMs` ends handles that long after they were made. */
export function createThreadSealer(keys: readonly SealKey[], lifetimeMs?: number): ThreadSealer {
  const sealer = createSealer(keys, {
    kind: 'fluokit-thread',
    longest: longestThreadId,
    lifetimeMs,
  })
  return {
    seal: (threadId, scope) => sealer.seal(threadId, namesOf(scope)),
    async open(handle, scope) {
      const opened = await sealer.open(handle, namesOf(scope))
      return opened === null ? null : { threadId: opened.text, isStale: opened.isStale }
    },
  }
}

function namesOf({ projectId, agentId, userId }: SealScope): readonly string[] {
  return [projectId, agentId, userId]
}
