import type { EventRow, TimelineRow } from './recorded-run.ts'
import { keptError } from './kept-error.ts'
import { keptEvent } from './kept-event.ts'
import type { TextKeeper } from './text-keeper.ts'
import { words } from './words.ts'

/** What a line shows of a text at most, in UTF-16 units. */
const longest = 240
/** How much more of it is read: longer than any reference, so that none is cut before it was found. */
const margin = 1000

/** What a line of the timeline says, on one line. */
export function summaryOf(row: TimelineRow, keep: TextKeeper): string {
  switch (row.kind) {
    case 'event':
      return eventSummary(row, keep)
    case 'commit':
      return words.commit(row)
    case 'state':
      return `${row.status} · ${row.activity}`
    case 'end':
      return [words.ends[row.end], row.error === null ? '' : failure(row.error, keep)]
        .filter(Boolean)
        .join(': ')
  }
}

function eventSummary(row: EventRow, keep: TextKeeper): string {
  const { texts, count, length, reference } = row
  const event = keptEvent(row.event, keep)
  switch (event.type) {
    case 'run_start':
      return reference === null ? '' : words.reference(reference)
    case 'message_delta':
    case 'thinking_part':
    case 'message_final': {
      const size =
        event.type === 'message_final' ? words.characters(length) : words.deltas(count, length)
      return `${size}  ${oneLine(keep.text(beginningOf(texts)))}`
    }
    case 'tool_start':
    case 'tool_end': {
      const data = event.type === 'tool_start' ? event.input : event.output
      const said = event.error ?? (data === undefined ? '' : (JSON.stringify(data) ?? ''))
      return [event.name, event.callId, oneLine(said)].filter(Boolean).join('  ')
    }
    case 'error':
      return failure(event.error, keep, true)
    case 'unknown':
      return `${event.event}  ${oneLine(event.raw)}`
  }
}

/** As much of a text as is read, whatever comes behind it. */
function beginningOf(texts: readonly string[]): string {
  let text = ''
  for (const piece of texts) {
    text += piece
    if (text.length > longest + margin) break
  }
  return text.slice(0, longest + margin)
}

function failure(error: Parameters<typeof keptError>[0], keep: TextKeeper, isKept = false): string {
  const { code, status, detail } = isKept ? error : keptError(error, keep)
  return [code, status, detail === undefined ? '' : oneLine(detail)].filter(Boolean).join('  ')
}

function oneLine(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return cut.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '↵')
}
