import { endRun } from './run-end.ts'
import type { OpenTurn } from './thread-record.ts'
import type { Turn } from './thread-state.ts'
import { replaceRun, withoutRun } from './turns.ts'

/**
 * The turns of a conversation that is moved while a run of it may be open. One that the record has open and that can be found
 * again comes back with all of its answer, any other that the record has open ends with what there is, and one that was never
 * asked for is its sender's again.
 */
export function leftTurns(
  turns: readonly Turn[],
  open: OpenTurn | null,
  canResume: boolean,
): readonly Turn[] {
  const run = turns.flatMap(({ runs }) => runs).find(({ end }) => end === null)
  if (run === undefined) return turns
  const isAsked = open?.run.runId === run.id
  if (canResume || !isAsked) return withoutRun(turns, run.id)
  return replaceRun(turns, endRun(run, open.end ?? 'interrupted', open.error))
}
