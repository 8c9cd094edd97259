import type { DecodeOptions, FluoEvent } from '@fluokit/core/wire'
import { writeFrame } from './frame.ts'
import type { Mask } from './mask.ts'
import type { RelayLimits } from './relay-limits.ts'
import type { RunEnd } from './run-end.ts'
import { runEvents } from './run-events.ts'
import { createRunThread } from './run-thread.ts'
import { safeEvent } from './safe-event.ts'
import type { ThreadHandle } from './thread-handle.ts'

export interface FrameOptions extends DecodeOptions, ThreadHandle {
  readonly mask: Mask
  readonly requestId: string
  readonly limits: RelayLimits
  readonly run: RunEnd
}

/**
 * What a browser gets of Fluo's stream: each event decoded, kept on one thread, masked and written anew, as
 * server-sent events with `id: 1`, `id: 2` and so on; one piece of text for each piece of bytes that held an event.
 * A limit ends the run with an `error` event, after everything that fitted. A body that breaks off throws: a cut
 * answer must look cut.
 */
export async function* runFrames(
  body: ReadableStream<Uint8Array>,
  { threadId, handleFor, mask, requestId, ...options }: FrameOptions,
): AsyncGenerator<string, void, undefined> {
  const { limits, run } = options
  const thread = createRunThread({ threadId, handleFor }, mask)
  const encoder = new TextEncoder()
  let cursor = 0
  let sent = 0
  const frameOf = (event: FluoEvent): string => {
    const threadRef = thread.refOf(event)
    return writeFrame(cursor + 1, safeEvent(event, { mask, requestId, threadRef }))
  }

  for await (const events of runEvents(body, { ...options, thread })) {
    let text = ''
    let isOver = false
    for (const event of events) {
      const frame = frameOf(event)
      const size = encoder.encode(frame).byteLength
      isOver = sent + size > limits.runBytes
      if (isOver) break
      text += frame
      cursor += 1
      sent += size
    }
    if (isOver) {
      text += frameOf({ type: 'error', error: { code: 'limit' } })
      run.end({ end: 'failed', code: 'limit' })
    }
    if (text !== '') yield text
    if (isOver) return
  }
}
