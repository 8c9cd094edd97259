import { decodeEvent } from './decode-event.ts'
import { checkEvent } from './encode-event.ts'
import type { DecodeEvent, FluoEvent, SseMessage } from './fluo-event.ts'

export interface DecodeOptions {
  /** The application's own reader; it wraps or replaces the kit's. What it throws, or returns that is no event, is kept as an `unknown` event. */
  readonly decode?: DecodeEvent
  /** `cumulative` for agents whose every delta repeats the text so far. @default 'append' */
  readonly deltas?: 'append' | 'cumulative'
}

/** A reader of Fluo's messages with an application's options applied. */
export function createDecoder({
  decode,
  deltas = 'append',
}: DecodeOptions): (message: SseMessage) => readonly FluoEvent[] {
  const ours =
    deltas === 'append'
      ? decodeEvent
      : (message: SseMessage): readonly FluoEvent[] => decodeEvent(message).map(asWhole)
  if (decode === undefined) return ours
  return (message) => {
    const asItCame: FluoEvent = { type: 'unknown', event: message.event, raw: message.data }
    try {
      // JSON is `any`: what a decoder makes of it may be no event, whatever its types say.
      return decode(message, ours).map((event) => checkEvent(event) ?? asItCame)
    } catch {
      return [asItCame]
    }
  }
}

function asWhole(event: FluoEvent): FluoEvent {
  return event.type === 'message_delta' ? { ...event, mode: 'replace' } : event
}
