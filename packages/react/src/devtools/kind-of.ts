import type { TimelineRow } from './recorded-run.ts'

/** What a line of the timeline is called: the type of its event, or what else it is. */
export function kindOf(row: TimelineRow): string {
  return row.kind === 'event' ? row.event.type : row.kind
}
