import type { RecordKeeper, TranscriptKeeper } from './thread-ports.ts'
import { titleOf } from './title-of.ts'
import type { Turn } from './thread-state.ts'
import { openTurn } from './turns.ts'

interface Memory {
  readonly agentId: string
  readonly record: RecordKeeper
  readonly transcript?: TranscriptKeeper | undefined
}

/**
 * Remembers a turn that was stopped before anything of it left the page: it is shown, so a later page shows it too. What
 * another tab, or a later send, has open meanwhile stays.
 */
export function keepStopped(
  { agentId, record, transcript }: Memory,
  turns: readonly Turn[],
  turnId: string,
  runId: string,
): void {
  const turn = turns.find(({ id: shown }) => shown === turnId)
  const run = turn?.runs.find(({ id: asked }) => asked === runId)
  if (turn === undefined || run === undefined) return
  const { id } = record.current
  const open = { ...openTurn(turn, agentId, runId), end: run.end }
  record.update(
    { open, title: titleOf((turns[0] ?? turn).input), askedAt: turn.sentAt },
    (newest) => newest.id === id && (newest.open === null || newest.open.end !== null),
  )
  void transcript?.put(id, turn)
}

/** Remembers all turns that were stopped before anything was read of what is remembered. */
export function keepAllStopped(memory: Memory, turns: readonly Turn[]): void {
  for (const { id, runs } of turns) {
    const run = runs.at(-1)
    if (run?.end === 'stopped') keepStopped(memory, turns, id, run.id)
  }
}
