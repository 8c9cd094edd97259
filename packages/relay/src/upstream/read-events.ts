import {
  createDecoder,
  FluoFault,
  readSseBatches,
  type DecodeOptions,
  type FluoError,
  type FluoErrorCode,
  type FluoEvent,
  type SseMessage,
} from '@fluokit/core/wire'
import { createPatience } from './create-patience.ts'
import { holdUnknown } from './hold-unknown.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import type { RunEnding } from '../run/run-ending.ts'
import type { RunThread } from './run-thread.ts'

export interface ReadEventsOptions extends DecodeOptions {
  readonly thread: RunThread
  readonly limits: RelayLimits
  /** Aborts when the run has ended otherwise. */
  readonly signal: AbortSignal
}

/** What comes of some events; false: nothing more is wanted. */
export type TakeEvents = (events: readonly FluoEvent[]) => Promise<boolean>

/**
 * Reads Fluo's stream: its events, decoded and kept on one thread, not masked yet, in one list for each piece of bytes that
 * held an event that may go. Resolves with how the run ended: with the body, at a limit after an `error` event, or because
 * the body broke off; null when nothing more was wanted. Not a generator: of 2,000 streams, each promise of each event counts.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  { thread, limits, signal, ...options }: ReadEventsOptions,
  take: TakeEvents,
): Promise<RunEnding | null> {
  const decode = createDecoder(options)
  const hold = holdUnknown()
  const patience = createPatience(signal)
  let ending: RunEnding = { end: 'done' }
  let isAnswered = false
  let isTaking = false

  async function fail(code: FluoErrorCode, before: readonly FluoEvent[] = []): Promise<RunEnding> {
    await take([...before, ...hold.hide(), { type: 'error', error: { code } }])
    return { end: 'failed', code }
  }

  async function see(messages: readonly SseMessage[]): Promise<readonly FluoEvent[]> {
    const events: FluoEvent[] = []
    for (const event of messages.flatMap((message) => decode(message))) {
      // The IDs of the whole batch are learnt here, before any of it is written.
      const seen = thread.see(event)
      const kept = 'then' in seen ? await seen : seen
      for (const one of kept) events.push(...hold.pass(one, thread.isKnown))
      if (event.type === 'error') ending = endingOf(event.error)
      isAnswered ||= event.type === 'message_final'
    }
    return events
  }

  try {
    const { eventBytes: maxEventBytes } = limits
    patience.listen(limits.firstByteMs)
    for await (const messages of readSseBatches(body, { maxEventBytes, signal: patience.signal })) {
      patience.heard()
      const events = messages.length === 0 ? [] : await see(messages)
      isTaking = true // what goes wrong now is not Fluo's
      if (hold.size > limits.runBytes) return await fail('limit', events)
      if (events.length > 0 && !(await take(events))) return null
      isTaking = false
      patience.listen(limits.idleMs)
    }
  } catch (thrown) {
    if (isTaking) throw thrown
    const code = limitOf(thrown)
    if (code !== null) return fail(code)
    await take(hold.hide())
    return { end: 'broken', code: 'network', detail: detailOf(thrown) }
  }
  if (patience.isOver) return fail('stalled')
  await take(isAnswered ? hold.release() : hold.hide()) // a body that is cut may look as if it had ended
  return ending
}

/** The detail is for the log, which masks it. */
function endingOf({ code, detail }: FluoError): RunEnding {
  return { end: 'failed', code, ...(detail !== undefined && { detail }) }
}

function limitOf(thrown: unknown): FluoErrorCode | null {
  if (!(thrown instanceof FluoFault)) return null
  const { code } = thrown.error
  return code === 'too-large' ? code : null
}

function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'The stream broke off.'
}
