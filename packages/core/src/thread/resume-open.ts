import type { StoreApi } from 'zustand/vanilla'
import type { Transcript } from '../memory/transcript-store.ts'
import type { Tools } from '../tools/tools.ts'
import type { Transport } from '../transport/transport.ts'
import type { RunLeftOpen } from './run-left-open.ts'
import { cursorOf, mergeTurns, restoredTurns } from './restored-turns.ts'
import { takeWriting } from './take-writing.ts'
import type { RecordKeeper, ThreadTabs } from './thread-ports.ts'
import type { OpenTurn } from './thread-record.ts'
import type { ThreadState, Turn } from './thread-state.ts'
import { isBusy } from './turns.ts'

export interface ResumeSetup {
  readonly store: Pick<StoreApi<ThreadState>, 'getState' | 'setState'>
  readonly transport: Transport
  readonly record: RecordKeeper
  readonly tabs: ThreadTabs
  readonly initialTurns: readonly Turn[]
  /** Checks what comes back of the calls of registered tools. */
  readonly tools?: Tools | undefined
  readonly isDisposed: () => boolean
  /** Follows the last run of a turn from where it was left. */
  readonly follow: (turn: Turn, left: RunLeftOpen) => void
}

/** Goes on with a run that was open when its page was left. */
export interface Resumer {
  /** Whether this turn may still be answered, for all that is known here. */
  readonly mayGoOn: (open: OpenTurn | null) => open is OpenTurn
  /**
   * Shows what was kept of the turn, and reads on. False where another tab has the right to write, or where the turn is
   * open no more.
   */
  readonly goOn: (open: OpenTurn, kept: Transcript) => Promise<boolean>
}

export function createResumer(setup: ResumeSetup): Resumer {
  const { transport, record, tabs, initialTurns, isDisposed } = setup
  const { getState, setState } = setup.store

  function show(open: OpenTurn, kept: Transcript): boolean {
    const { turns: present } = getState()
    const merged = mergeTurns(present, restoredTurns(kept, open, true), initialTurns, false)
    const turns = setup.tools?.checkTurns(merged) ?? merged
    const turn = turns.find(({ id }) => id === open.turnId)
    const run = turn?.runs.at(-1)
    if (turn === undefined || run?.id !== open.run.runId) return false
    const hasAnswered = open.isAccepted || run.messages.length > 0
    // First, so that whoever sees the state can stop it.
    setup.follow(turn, {
      run,
      after: cursorOf(kept, run.id),
      hasAnswered,
      askedAt: record.current.updatedAt, // written in that tick, and perhaps since; a turn's `sentAt` is of its first run
    })
    setState({
      turns,
      isRestoring: false,
      status: hasAnswered ? 'streaming' : 'submitted',
      activity: 'resuming',
      error: null,
    })
    return true
  }

  return {
    mayGoOn: (open): open is OpenTurn =>
      transport.resume !== undefined && open?.end === null && !isBusy(getState()),
    async goOn(open, kept) {
      const { id } = record.current
      const isTaken = await takeWriting(tabs, record)
      // From here to what is shown in one step: whatever came first counts, also the end of the conversation.
      if (isDisposed() || isBusy(getState())) return false
      const { open: current } = record.current
      const isSame = record.current.id === id && current?.run.runId === open.run.runId
      const isShown = isTaken && isSame && current.end === null && show(open, kept)
      if (!isShown) tabs.release()
      return isShown
    },
  }
}
