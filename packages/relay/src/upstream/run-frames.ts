import { encodeEvent, type DecodeOptions, type FluoEvent } from '@fluokit/core/wire'
import type { Mask } from './mask.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import type { RunEnding } from '../run/run-ending.ts'
import { runEvents } from './run-events.ts'
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
 * What browsers get of Fluo's stream: each event decoded, kept on one thread, masked and written anew, as JSON on one
 * line; one list for each piece of bytes that held an event. Returns how the run ended: a limit ends it after
 * everything that fitted and an `error` event.
 */
export async function* runFrames(
  body: ReadableStream<Uint8Array>,
  { threadId, handleFor, mask, requestId, ...options }: FrameOptions,
): AsyncGenerator<readonly string[], RunEnding, undefined> {
  const { limits } = options
  const thread = createRunThread({ threadId, handleFor }, mask)
  const encoder = new TextEncoder()
  let sent = 0
  const frameOf = (event: FluoEvent): string => {
    const threadRef = thread.refOf(event)
    return encodeEvent(safeEvent(event, { mask, requestId, threadRef }))
  }

  const batches = runEvents(body, { ...options, thread })
  for (;;) {
    const next = await batches.next()
    if (next.done === true) return next.value
    const frames: string[] = []
    for (const event of next.value) {
      const frame = frameOf(event)
      sent += encoder.encode(frame).byteLength
      if (sent > limits.runBytes) {
        yield [...frames, frameOf({ type: 'error', error: { code: 'limit' } })]
        return { end: 'failed', code: 'limit' }
      }
      frames.push(frame)
    }
    if (frames.length > 0) yield frames
  }
}
