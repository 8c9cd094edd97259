import { leftTurns } from './left-turns.ts'
import { movedRecord } from './moved-record.ts'
import type { ThreadSetup } from './owned-thread.ts'
import type { ThreadRecord } from './thread-record.ts'
import type { Turn } from './thread-state.ts'

/**
 * Moves a conversation with these turns to a key of its own, where it goes on; one in which nothing was asked is forgotten.
 * What had come of its open run is kept first.
 */
export function moveConversation(
  { archive, transcript, transport }: Pick<ThreadSetup, 'archive' | 'transcript' | 'transport'>,
  record: ThreadRecord,
  turns: readonly Turn[],
): void {
  const canResume = transport.resume !== undefined
  const moved = movedRecord(record, canResume)
  if (moved === null) return
  const { id, open } = moved
  const left = leftTurns(turns, open, canResume)
  const ended = open?.end === null ? undefined : left.find((turn) => turn.id === open?.turnId)
  if (ended === undefined) transcript?.flush()
  else void transcript?.put(id, ended)
  archive(moved, left, transcript?.idle())
}
