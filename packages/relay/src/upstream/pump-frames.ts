import { encodeEvent, type DecodeOptions, type FluoEvent } from '@fluokit/core/wire'
import { joinDeltas } from './join-deltas.ts'
import type { Mask } from './mask.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import type { RunEnding } from '../run/run-ending.ts'
import { readEvents } from './read-events.ts'
import { createRunThread } from './run-thread.ts'
import { safeEvent } from './safe-event.ts'
import type { ThreadHandle } from '../thread/thread-handle.ts'

export interface FrameOptions extends DecodeOptions, ThreadHandle {
  readonly mask: Mask
  readonly requestId: string
  readonly limits: RelayLimits
  /** Aborts when the run has ended otherwise. */
  readonly signal: AbortSignal
}

/**
 * Writes what browsers get of Fluo's stream: each event decoded, kept on one thread, masked and written anew, as JSON on one
 * line; one list for each piece of bytes that held an event; of a burst, `joinDeltas` makes fewer. Resolves with how the run ended, once all of it is written:
 * a limit ends it after everything that fitted and an `error` event. Null when `write` wanted no more.
 */
export async function pumpFrames(
  body: ReadableStream<Uint8Array>,
  { threadId, handleFor, mask, requestId, ...options }: FrameOptions,
  write: (frames: readonly string[]) => Promise<boolean>,
): Promise<RunEnding | null> {
  const { limits } = options
  const thread = createRunThread({ threadId, handleFor }, mask)
  const encoder = new TextEncoder()
  const sizeOf = (frame: string): number => encoder.encode(frame).byteLength
  let sent = 0
  let isOver = false
  const frameOf = (event: FluoEvent): string => {
    const threadRef = thread.refOf(event)
    return encodeEvent(safeEvent(event, { mask, requestId, threadRef }))
  }

  /** Each event by itself, so that all goes that fits, and an `error` event for the first that does not. */
  function* fitting(events: readonly FluoEvent[]): Iterable<string> {
    for (const event of events) {
      const frame = frameOf(event)
      sent += sizeOf(frame)
      if (sent > limits.runBytes) return yield frameOf({ type: 'error', error: { code: 'limit' } })
      yield frame
    }
  }

  const ending = await readEvents(body, { ...options, thread }, async (events) => {
    const frames = joinDeltas(events).map(frameOf)
    const size = frames.reduce((sum, frame) => sum + sizeOf(frame), 0)
    isOver = sent + size > limits.runBytes
    if (isOver) {
      await write([...fitting(events)])
      return false
    }
    sent += size
    return frames.length === 0 || write(frames)
  })
  return isOver ? { end: 'failed', code: 'limit' } : ending
}
