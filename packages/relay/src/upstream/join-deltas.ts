import type { FluoEvent } from '@fluokit/core/wire'

/** A joined delta has no more characters than this, so that no browser finds an event too large that Fluo sent in small ones. */
const longest = 16 * 1024

/** So many events that came at once are no burst: joining them would save nothing that anyone could measure. */
const few = 8

/**
 * Events that came at once: of a burst, each run of deltas of one message is one delta, for a browser joins them anyway, and
 * pays for each event. What replaces the text stays as it is, and so does a delta that repeats the one before it, for a browser warns of an
 * agent whose every delta does.
 */
export function joinDeltas(events: readonly FluoEvent[]): readonly FluoEvent[] {
  if (events.length <= few) return events
  const joined: FluoEvent[] = []
  for (const event of events) {
    const last = joined.at(-1)
    const both = last === undefined ? null : join(last, event)
    if (both === null) joined.push(event)
    else joined[joined.length - 1] = both
  }
  return joined
}

function join(one: FluoEvent, other: FluoEvent): FluoEvent | null {
  if (one.type !== 'message_delta' || other.type !== 'message_delta') return null
  if (one.mode === 'replace' || other.mode === 'replace') return null
  if (one.messageId !== other.messageId || one.threadRef !== other.threadRef) return null
  const { text = '' } = one
  const { text: more = '' } = other
  const isRepeated = text !== '' && more.startsWith(text)
  if (isRepeated || text.length + more.length > longest) return null
  return { ...one, text: text + more }
}
