import type { StoreApi } from 'zustand/vanilla'
import type { RunAttempts } from './run-attempts.ts'
import type { RecordKeeper, TranscriptKeeper } from './thread-ports.ts'
import { atRest, type ThreadState } from './thread-state.ts'
import { withoutRun } from './turns.ts'

export interface HandOverSetup {
  readonly store: Pick<StoreApi<ThreadState>, 'getState' | 'setState'>
  readonly record: RecordKeeper
  readonly transcript?: TranscriptKeeper | undefined
  readonly attempts: RunAttempts
  readonly leave: () => void
}

/**
 * Another tab writes now. Where it goes on with the very run that is read here (this page was put away meanwhile), the run is
 * left to it, and shown again once it is settled: two that read it would write its journal twice.
 */
export async function handOver({
  store: { getState, setState },
  record,
  transcript,
  attempts,
  leave,
}: HandOverSetup): Promise<void> {
  await record.refresh()
  const { turns, writer } = getState()
  const { open } = record.current
  const run = turns.at(-1)?.runs.at(-1)
  const isSame = open?.end === null && open.run.runId === run?.id && run.end === null
  if (writer === 'here' || !isSame || !attempts.isLive()) return
  transcript?.drop()
  attempts.drop()
  leave()
  setState({ turns: withoutRun(turns, run.id), ...atRest })
}
