import type { FluoEvent } from './fluo-event.ts'

export interface ThreadGuard {
  /** The raw ID in force: the one continued, or the first that the stream showed. */
  readonly threadId: string | null
  /** The events with every later, different thread ID taken off and, the first time, reported as `thread-conflict`. */
  check(event: FluoEvent): readonly FluoEvent[]
}

/**
 * Keeps a run on one thread: the first thread ID stays, another one in mid-stream is never adopted. Only the side
 * that sees Fluo's raw IDs can compare them, so this runs in the relay and in `fluoTransport`.
 */
export function guardThread(continued: string | null): ThreadGuard {
  let threadId = continued
  let isReported = false
  return {
    get threadId() {
      return threadId
    },
    check(event) {
      if (!('threadRef' in event) || event.threadRef === undefined) return [event]
      threadId ??= event.threadRef
      if (event.threadRef === threadId) return [event]
      const { threadRef: _other, ...rest } = event
      if (isReported) return [rest]
      isReported = true
      return [rest, { type: 'error', error: { code: 'thread-conflict' } }]
    },
  }
}
