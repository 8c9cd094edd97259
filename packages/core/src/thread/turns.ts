import { isOverAs } from './run-end.ts'
import type { OpenTurn } from './thread-record.ts'
import { atRest, type Run, type ThreadState, type Turn } from './thread-state.ts'

/** Whether a run is being asked for or answered, so that no other turn can be taken. */
export function isBusy({ status }: Pick<ThreadState, 'status'>): boolean {
  return status === 'submitted' || status === 'streaming'
}

/** Whether a thread is about to ask for this run, for its last turn. */
export function isLastAsked({ status, turns }: ThreadState, runId: string): boolean {
  return status === 'submitted' && turns.at(-1)?.runs.at(-1)?.id === runId
}

/** Whether more has changed than an answer that grows: the status, the turns as a list or the tab that writes them. */
export function hasChanged(state: ThreadState, before: ThreadState): boolean {
  const isSame = state.status === before.status && state.writer === before.writer
  const { turns, isRestoring } = before
  return !isSame || state.turns.length !== turns.length || state.isRestoring !== isRestoring
}

/** So many turns wait in a thread at most. */
export const maxQueued = 10

/** What a thread does with a send while a run is open. */
export type WhenBusy = 'refuse' | 'queue'

/** Whether a send would be taken now: at once, or into the queue of a thread that has one. */
export function takesTurn(state: ThreadState, whenBusy: WhenBusy): boolean {
  return !isBusy(state) || (whenBusy === 'queue' && state.queued.length < maxQueued)
}

/** The turns with one run replaced, which is the last of its turn; all others keep their identity. */
export function replaceRun(turns: readonly Turn[], run: Run): readonly Turn[] {
  // Nearly always the last turn: only what another tab asked meanwhile can stand behind it.
  const index = turns.findLastIndex(({ runs }) => runs.at(-1)?.id === run.id)
  const turn = turns[index]
  if (turn === undefined) return turns
  return turns.with(index, { ...turn, runs: turn.runs.with(-1, run) })
}

/** The turns as they were before a run was shown that never was: a turn without any other goes as well. */
export function withoutRun(turns: readonly Turn[], runId: string): readonly Turn[] {
  return turns.flatMap((turn) => {
    if (turn.runs.every(({ id }) => id !== runId)) return [turn]
    const runs = turn.runs.filter(({ id }) => id !== runId)
    return runs.length === 0 ? [] : [{ ...turn, runs }]
  })
}

/** What the thread shows once this run has ended. */
export function endedPatch({
  end,
  error,
}: Run): Pick<ThreadState, 'status' | 'activity' | 'error'> {
  if (isOverAs(end)) return atRest
  return { status: 'error', activity: 'idle', error: error ?? { code: 'network' } }
}

/** What the thread shows once the run that it was about to ask for is stopped. */
export function stopLastRun(turns: readonly Turn[]): Partial<ThreadState> {
  const waiting = turns.at(-1)?.runs.at(-1)
  if (waiting === undefined) return {}
  const stopped: Run = { ...waiting, end: 'stopped' }
  return { turns: replaceRun(turns, stopped), ...endedPatch(stopped) }
}

/** A turn as a record names it while a run of it has no whole answer. */
export function openTurn({ id, input, sentAt }: Turn, agentId: string, runId: string): OpenTurn {
  const run = { runId, agentId, after: null }
  return { turnId: id, input, sentAt, run, isAccepted: false, end: null, error: null }
}

/** A remembered turn as it comes back on a page that saw nothing of its answer. */
export function turnOf({ turnId, input, sentAt, run, isAccepted, end, error }: OpenTurn): Turn {
  const left = isAccepted ? 'interrupted' : 'unknown'
  return {
    id: turnId,
    input,
    sentAt,
    runs: [{ id: run.runId, messages: [], end: end ?? left, error }],
  }
}
