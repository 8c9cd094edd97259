import { guardThread, type FluoEvent } from '@fluokit/core/wire'
import type { Awaitable } from '../awaitable.ts'
import type { Mask } from './mask.ts'
import type { ThreadHandle } from '../thread/thread-handle.ts'

export interface RunThread {
  /** Whether the run's raw thread ID is known, so that the mask finds it wherever it stands. */
  readonly isKnown: boolean
  /** The handle that stands for the ID in an event that shows it. */
  refOf(event: FluoEvent): string | undefined
  /** Teaches the mask the IDs of an event; gives back what the event means on this run's one thread. */
  see(event: FluoEvent): Awaitable<readonly FluoEvent[]>
}

/** The thread of a run as its events show it: the first ID stays, is sealed once, and every ID is hidden. */
export function createRunThread({ threadId, handleFor }: ThreadHandle, mask: Mask): RunThread {
  const guard = guardThread(threadId)
  let threadRef: string | null = null
  let isSealed = false
  return {
    get isKnown() {
      return guard.threadId !== null
    },
    refOf(event) {
      if (!('threadRef' in event) || event.threadRef === undefined) return undefined
      return threadRef ?? undefined
    },
    see(event) {
      const events = guard.check(event)
      if (!('threadRef' in event) || event.threadRef === undefined) return events
      mask.learn(event.threadRef)
      if (event.threadRef !== guard.threadId || isSealed) return events
      isSealed = true
      return handleFor(event.threadRef).then((handle) => {
        threadRef = handle
        return events
      })
    },
  }
}
