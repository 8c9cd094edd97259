import { mergeTurn } from '../memory/merge-turn.ts'
import type { RunJournal, Transcript } from '../memory/transcript-store.ts'
import { checkEvent } from '../wire/encode-event.ts'
import { isPayload } from '../wire/payload.ts'
import { fold } from './fold.ts'
import { parseTurn } from './parse-turn.ts'
import { endRun, isSettled } from './run-end.ts'
import type { OpenTurn } from './thread-record.ts'
import { emptyRun, type Run, type Turn } from './thread-state.ts'
import { turnOf } from './turns.ts'

/**
 * The turns of a transcript with the open turn of the record among them, once. Journals are folded into their runs;
 * how the open turn's run ended, the record knows better: not at all where it `goesOn`.
 */
export function restoredTurns(
  { turns, journals }: Transcript,
  open: OpenTurn | null,
  goesOn = false,
): readonly Turn[] {
  const kept = turns.map(parseTurn).filter((turn) => turn !== null)
  if (open !== null && kept.every(({ id }) => id !== open.turnId)) {
    kept.push({ ...turnOf(open), runs: [] })
  }
  return kept.map((turn) => {
    const withOpen = turn.id === open?.turnId ? withRun(turn, emptyRun(open.run.runId)) : turn
    const runs = withOpen.runs.map((run) => restoreRun(run, journals, open, goesOn))
    return { ...withOpen, runs }
  })
}

/** What of a transcript belongs to the open turn: for threads whose earlier turns the application has itself. */
export function onlyOpen({ turns, journals }: Transcript, open: OpenTurn | null): Transcript {
  return { turns: turns.filter(({ id }) => id === open?.turnId), journals }
}

function withRun(turn: Turn, run: Run): Turn {
  const isKnown = turn.runs.some(({ id }) => id === run.id)
  return isKnown ? turn : { ...turn, runs: [...turn.runs, run] }
}

/** The cursor behind which an open run goes on, null where it has to be read again from its beginning. */
export function cursorOf({ journals }: Transcript, runId: string): string | null {
  const cursor = journalOf(journals, runId)?.cursor
  return typeof cursor === 'string' ? cursor : null
}

function journalOf(journals: readonly RunJournal[], runId: string): RunJournal | undefined {
  return journals.find((journal) => isPayload(journal) && journal.runId === runId)
}

function restoreRun(
  run: Run,
  journals: readonly RunJournal[],
  open: OpenTurn | null,
  goesOn: boolean,
): Run {
  const events = eventsOf(journalOf(journals, run.id))
  let restored = events.length === 0 ? run : { ...run, end: null }
  for (const value of events) {
    const event = checkEvent(value)
    // The run was read again from its first event: what was kept before comes twice.
    if (event?.type === 'run_start') restored = emptyRun(run.id)
    else if (event !== undefined) restored = fold(restored, event)
  }
  if (open?.run.runId === run.id) {
    if (goesOn) return { ...restored, end: null, error: null }
    const left = open.isAccepted || restored.messages.length > 0 ? 'interrupted' : 'unknown'
    // A journal may have been cut off before the end of an answer that was whole: then nobody can say that this is.
    const isWhole = isSettled(restored) || (events.length === 0 && run.end === 'done')
    const end = open.end === 'done' && !isWhole ? 'interrupted' : (open.end ?? left)
    return endRun({ ...restored, end: null }, end, open.error ?? restored.error)
  }
  return endRun(
    restored,
    run.end === 'done' && !isSettled(restored) ? 'interrupted' : (run.end ?? 'interrupted'),
  )
}

function eventsOf(journal: RunJournal | undefined): readonly unknown[] {
  return Array.isArray(journal?.events) ? journal.events : []
}

/**
 * The turns of a thread once its transcript has been read: `first` stay where they are and as they are, then what was
 * kept, with what only this page knows beside its neighbours. While a turn is being asked, it stays the last. A turn
 * that did not change keeps its identity.
 */
export function mergeTurns(
  present: readonly Turn[],
  kept: readonly Turn[],
  first: readonly Turn[],
  isAsking: boolean,
): readonly Turn[] {
  const asked = isAsking ? present.at(-1) : undefined
  if (asked !== undefined) {
    const isOther = ({ id }: Turn): boolean => id !== asked.id
    const before = kept.find(({ id }) => id === asked.id)
    const others = mergeTurns(present.slice(0, -1), kept.filter(isOther), first, false)
    return [...others, before === undefined ? asked : mergeTurn(before, asked)]
  }
  const firstIds = new Set(first.map(({ id }) => id))
  const isLater = ({ id }: Turn): boolean => !firstIds.has(id)
  return [
    ...present.filter(({ id }) => firstIds.has(id)),
    ...besideNeighbours(present.filter(isLater), kept.filter(isLater)),
  ]
}

/** Kept turns in their order; any other behind the one that it stood behind, and what was sent before it. */
function besideNeighbours(present: readonly Turn[], kept: readonly Turn[]): readonly Turn[] {
  const known = new Map(present.map((turn) => [turn.id, turn]))
  const merged = kept.map((turn) => newer(known.get(turn.id), turn))
  const keptIds = new Set(kept.map(({ id }) => id))
  let place = 0
  for (const turn of present) {
    if (keptIds.has(turn.id)) {
      place = merged.findIndex(({ id }) => id === turn.id) + 1
      continue
    }
    for (let next = merged[place]; next !== undefined; next = merged[place]) {
      if (known.has(next.id) || next.sentAt > turn.sentAt) break
      place += 1
    }
    merged.splice(place, 0, turn)
    place += 1
  }
  return merged
}

/** A turn that is the same stays; any other gives way to what was kept, but for runs that only this page knows. */
function newer(present: Turn | undefined, kept: Turn): Turn {
  return present !== undefined && isSame(present, kept) ? present : mergeTurn(present, kept)
}

function isSame(one: Turn, other: Turn): boolean {
  if (one.runs.length !== other.runs.length) return one.runs.length > other.runs.length
  return one.runs.every((run, index) => {
    const same = other.runs[index]
    return (
      same?.id === run.id && same.end === run.end && run.messages.length >= same.messages.length
    )
  })
}
