import type { FluoEvent } from '@fluokit/core'
import { eventsOfRun } from './events-of-run.ts'
import type { EndRow, RecordedRun, TimelineRow } from './recorded-run.ts'
import type { ScriptStep } from './script-step.ts'
import type { KeptEvent } from './take-back.ts'
import type { TextKeeper } from './text-keeper.ts'

/**
 * The steps that play a run again: its events with the waits between them, what became of its connection, and how it ended. Of a run that
 * a rate limit had refused, those of the attempt that came last. What was stopped, or is open still, stalls at its end; text that
 * was taken back is left out.
 */
export function stepsOfRun(
  run: RecordedRun,
  keep: TextKeeper,
): { readonly steps: readonly ScriptStep[]; readonly hasTakenBack: boolean } {
  const rows = lastAttempt(run.rows)
  const eventRows = rows.filter((row) => row.kind === 'event')
  const { events, withIds, hasTakenBack } = eventsOfRun(eventRows, keep)
  const steps: ScriptStep[] = []
  let next = 0
  let now = rows[0]?.at ?? 0

  function wait(at: number): void {
    const waitMs = Math.round(at - now)
    if (waitMs <= 0) return
    steps.push({ waitMs })
    now += waitMs
  }

  for (const [index, row] of rows.entries()) {
    if (row.kind === 'event') {
      wait(row.at)
      for (; events[next]?.row === row; next += 1) steps.push(...stepsOf(events[next], withIds))
    }
    if (row.kind === 'state' && row.activity === 'resuming' && goesOn(rows, index)) {
      wait(row.at)
      steps.push({ fault: 'lost' })
    }
  }
  const end = rows.findLast((row) => row.kind === 'end')
  const last = endStep(run, end, eventRows.length > 0, events.at(-1)?.event)
  if (last === null) return { steps, hasTakenBack }
  if (end !== undefined && 'fault' in last && last.fault === 'reset') wait(end.at)
  return { steps: [...steps, last], hasTakenBack }
}

/** What came since the run was asked for the last time. */
function lastAttempt(rows: readonly TimelineRow[]): readonly TimelineRow[] {
  const from = rows.findLastIndex((row) => row.kind === 'state' && row.activity === 'connecting')
  return rows.slice(Math.max(0, from))
}

/** Whether a connection that was lost after something had come was found again. */
function goesOn(rows: readonly TimelineRow[], index: number): boolean {
  return index > 0 && rows.slice(index + 1).some(({ kind }) => kind === 'event')
}

function stepsOf(kept: KeptEvent | undefined, withIds: boolean): readonly ScriptStep[] {
  if (kept === undefined) return []
  const { event } = kept
  if (!withIds || !('messageId' in event)) return [{ event }]
  const data = { text: event.text, message_id: event.messageId }
  return [{ bytes: `event: ${event.type}\ndata: ${JSON.stringify(data)}\n\n` }]
}

/** What ends the stream, where that is not its last event or the end of its body. */
function endStep(
  { startedAt }: RecordedRun,
  row: EndRow | undefined,
  hasEvents: boolean,
  last: FluoEvent | undefined,
): ScriptStep | null {
  if (row === undefined || row.end === 'stopped') return { fault: 'stall' }
  if (row.end === 'done' || last?.type === 'error') return null
  const { code, status, retryAt } = row.error ?? {}
  if (code === 'stalled' || row.end === 'unknown') return { fault: 'stall' }
  if (hasEvents) return { fault: 'reset' }
  if (status !== undefined) {
    const refusedAt = startedAt + row.at // not now: a run may be exported long after
    const seconds = retryAt === undefined ? null : Math.ceil((retryAt - refusedAt) / 1000)
    return { status, ...(seconds !== null && { retryAfter: String(Math.max(0, seconds)) }) }
  }
  return code === 'empty' ? null : { fault: 'reset' }
}
