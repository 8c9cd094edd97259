import type { ThreadSetup } from './owned-thread.ts'
import type { ThreadState, Turn } from './thread-state.ts'
import { turnOf } from './turns.ts'

/** The record names one turn: one that was not read back yet is kept before `next` takes its place. */
export function keepOpenTurn(
  { record, transcript }: Pick<ThreadSetup, 'record' | 'transcript'>,
  { turns, isRestoring }: ThreadState,
  next: Turn,
): void {
  const { id, open } = record.current
  const isKept = !isRestoring && turns.some((shown) => shown.id === open?.turnId)
  if (open !== null && open.turnId !== next.id && !isKept) void transcript?.put(id, turnOf(open))
}
