import type { EventRow, RecordedRun, TimelineRow } from './recorded-run.ts'

/** How many lines of a run are kept. */
export const mostRows = 4000

/** The run as the recorder writes it. */
export type WrittenRun = { -readonly [K in keyof RecordedRun]: RecordedRun[K] } & {
  rows: TimelineRow[]
}

/** Adds a line to a run. A delta joins the burst that it belongs to; of too many lines the older half is joined to larger bursts. */
export function addRow(run: WrittenRun, row: TimelineRow): void {
  const last = run.rows.at(-1)
  const joined = last === undefined ? null : joinRows(last, row)
  if (joined !== null) {
    run.rows[run.rows.length - 1] = joined
    return
  }
  run.rows.push(row)
  if (run.rows.length > mostRows) thin(run)
}

/** The burst that two lines are; null where they are two things. A burst keeps its array of texts, which grows. */
function joinRows(last: TimelineRow, row: TimelineRow): EventRow | null {
  if (last.kind !== 'event' || row.kind !== 'event') return null
  const { event } = row
  const isText = event.type === 'message_delta' || event.type === 'thinking_part'
  if (!isText || last.event.type !== event.type || event.mode === 'replace') return null
  if (last.event.mode === 'replace' || last.event.messageId !== event.messageId) return null
  if (row.reference !== null && row.reference !== last.reference) return null
  const texts = last.texts as string[]
  texts.push(...row.texts)
  return { ...last, texts, count: last.count + row.count, length: last.length + row.length }
}

/** Drops the commits of the older half, so that its bursts can be joined. Where that is not enough, the oldest lines go. */
function thin(run: WrittenRun): void {
  const half = mostRows / 2
  const older: TimelineRow[] = []
  for (const row of run.rows.slice(0, half)) {
    if (row.kind === 'commit') continue
    const last = older.at(-1)
    const joined = last === undefined ? null : joinRows(last, row)
    if (joined === null) older.push(row)
    else older[older.length - 1] = settled(joined)
  }
  const isEnough = older.length <= mostRows * 0.4
  if (!isEnough) run.isWhole = false
  const kept = isEnough ? older : older.slice(-Math.floor(mostRows * 0.4))
  run.rows = [...kept, ...run.rows.slice(half)]
}

/** Answers join wherever they were cut; thoughts do not, for some are sentences of their own. */
function settled(row: EventRow): EventRow {
  if (row.event.type !== 'message_delta' || row.texts.length < 2) return row
  return { ...row, texts: [row.texts.join('')] }
}
