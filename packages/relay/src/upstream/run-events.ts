import {
  createDecoder,
  FluoFault,
  readSseBatches,
  type DecodeOptions,
  type FluoError,
  type FluoErrorCode,
  type FluoEvent,
} from '@fluokit/core/wire'
import { createPatience } from './create-patience.ts'
import { holdUnknown } from './hold-unknown.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import type { RunEnding } from '../run/run-ending.ts'
import type { RunThread } from './run-thread.ts'

export interface RunEventsOptions extends DecodeOptions {
  readonly thread: RunThread
  readonly limits: RelayLimits
  /** Aborts when the run has ended otherwise. */
  readonly signal: AbortSignal
}

/**
 * The events of Fluo's stream, decoded and kept on one thread, not masked yet: one list for each piece of bytes that
 * held an event that may go. Returns how the run ended: with the body, at a limit after an `error` event, or because the
 * body broke off.
 */
export async function* runEvents(
  body: ReadableStream<Uint8Array>,
  { thread, limits, signal, ...options }: RunEventsOptions,
): AsyncGenerator<readonly FluoEvent[], RunEnding, undefined> {
  const decode = createDecoder(options)
  const hold = holdUnknown()
  const patience = createPatience(signal)
  let longest = limits.firstByteMs
  const batches = readSseBatches(body, {
    maxEventBytes: limits.eventBytes,
    signal: patience.signal,
  })[Symbol.asyncIterator]()
  let ending: RunEnding = { end: 'done' }
  let isAnswered = false
  const failed = (code: FluoErrorCode): readonly FluoEvent[] => {
    ending = { end: 'failed', code }
    return [...hold.hide(), { type: 'error', error: { code } }]
  }

  for (;;) {
    const events: FluoEvent[] = []
    try {
      patience.listen(longest)
      const next = await batches.next()
      if (patience.isOver) throw new FluoFault({ code: 'stalled' })
      if (next.done === true) break
      patience.heard()
      longest = limits.idleMs
      for (const event of next.value.flatMap((message) => decode(message))) {
        // The IDs of the whole batch are learnt here, before any of it is written.
        const seen = thread.see(event)
        const kept = 'then' in seen ? await seen : seen
        for (const one of kept) events.push(...hold.pass(one, thread.isKnown))
        if (event.type === 'error') ending = endingOf(event.error)
        isAnswered ||= event.type === 'message_final'
      }
    } catch (thrown) {
      const code = limitOf(thrown)
      if (code === null) {
        yield hold.hide()
        return { end: 'broken', code: 'network', detail: detailOf(thrown) }
      }
      yield failed(code)
      return ending
    }
    if (hold.size > limits.runBytes) {
      yield [...events, ...failed('limit')]
      return ending
    }
    yield events
  }
  yield isAnswered ? hold.release() : hold.hide() // a body that is cut may look as if it had ended
  return ending
}

/** The detail is for the log, which masks it. */
function endingOf({ code, detail }: FluoError): RunEnding {
  return { end: 'failed', code, ...(detail !== undefined && { detail }) }
}

function limitOf(thrown: unknown): FluoErrorCode | null {
  if (!(thrown instanceof FluoFault)) return null
  const { code } = thrown.error
  return code === 'too-large' || code === 'stalled' ? code : null
}

function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'The stream broke off.'
}
