import type { EventBatches } from '../transport/transport.ts'
import { errorOf, type FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunEnd } from '../wire/run-end-mark.ts'

/** Work on events goes on for this long before the page gets a turn, in milliseconds. */
const longestSlice = 8

/**
 * Or for so many reads and events. What it took to read and parse them, which is more, cannot be told from waiting for them; and a
 * stream that is waited for, which needs no such turn, brings no more than that in a while.
 */
const largestSlice = 256

export interface PumpSink {
  /** An event, in order. Returning false ends the reading. */
  take(event: FluoEvent, cursor: string | null): boolean
  /** A network read is through. */
  batchEnd(): void
}

/** How a stream ended: with what the server said of the run's end, with an error, or cleanly and without a word (both null). */
export interface StreamEnd {
  readonly end: RunEnd | null
  readonly error: FluoError | null
}

/**
 * Reads a run's stream to its end. Never throws and is never paced by timers; a fast stream yields to the event loop,
 * so that frames and input get their turn.
 */
export async function pumpRun(open: () => EventBatches, sink: PumpSink): Promise<StreamEnd> {
  let worked = 0
  let read = 0
  try {
    const stream = open()[Symbol.asyncIterator]()
    try {
      for (;;) {
        const { done, value } = await stream.next()
        if (done === true) return { end: value ?? null, error: null }
        const start = performance.now()
        for (const { event, cursor } of value) {
          if (!sink.take(event, cursor)) return { end: null, error: null }
        }
        sink.batchEnd()
        worked += performance.now() - start
        read += 1 + value.length
        if (worked < longestSlice && read < largestSlice) continue
        await yieldToEventLoop()
        worked = read = 0
      }
    } finally {
      await stream.return?.()
    }
  } catch (thrown) {
    return { end: null, error: errorOf(thrown) }
  }
}

/** A turn of the event loop that no timer clamp delays, also in a hidden page. */
async function yieldToEventLoop(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  await new Promise<void>((resolve) => {
    port1.onmessage = () => resolve()
    port2.postMessage(null)
  })
  port1.close()
}
