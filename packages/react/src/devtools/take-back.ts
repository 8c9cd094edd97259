import { textOf, type FluoEvent, type Run } from '@fluokit/core'
import type { EventRow } from './recorded-run.ts'

/** An event of a run as it is exported, the line that it stood in, and how long its text was before it was kept. */
export interface KeptEvent {
  readonly row: EventRow
  readonly event: FluoEvent
  readonly length: number
}

/**
 * The text that an event has put in the place of what was said since the last call of a tool; null where it added to it, or
 * changed nothing.
 */
export function textInstead(event: FluoEvent, before: Run, after: Run): string | null {
  if (event.type !== 'message_delta' || event.mode !== 'replace') return null
  return textOf(after).startsWith(textOf(before)) ? null : openText(after)
}

/**
 * Takes the deltas out whose text was taken back, for a script has no way to take anything back. Returns where the text in their place
 * belongs: behind all, or before what else has come since, in the line of the first of them.
 */
export function takeBack(
  events: KeptEvent[],
  before: Run,
  row: EventRow,
): { readonly at: number; readonly row: EventRow } {
  let left = openText(before).length
  let place = { at: events.length, row }
  for (let at = events.length - 1; at >= 0 && left > 0; at -= 1) {
    const said = events[at]
    if (said?.event.type !== 'message_delta') continue
    left -= said.length
    events.splice(at, 1)
    place = at === events.length ? { at, row } : { at, row: said.row }
  }
  return place
}

/** What the newest message says behind its last call of a tool. */
function openText({ messages }: Run): string {
  const parts = messages.at(-1)?.parts ?? []
  const anchor = parts.findLastIndex(({ type }) => type === 'tool-call') + 1
  return parts
    .slice(anchor)
    .map((part) => (part.type === 'text' ? textOf(part) : ''))
    .join('')
}
