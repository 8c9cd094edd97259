import { createStore } from 'zustand/vanilla'
import { noTranscript, type Transcript } from '../memory/transcript-store.ts'
import type { Transport } from '../transport/transport.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { FrameScheduler } from './frame-commit.ts'
import { attachRun } from './attach-run.ts'
import { isolate } from './isolate.ts'
import type { LiveRun } from './live-run.ts'
import { newId } from './new-id.ts'
import type { Completion } from './run-end.ts'
import { mergeTurns, onlyOpen, restoredTurns } from './restored-turns.ts'
import type { RecordKeeper, ThreadObserver, TranscriptKeeper } from './thread-ports.ts'
import type { OpenTurn, ThreadRecord } from './thread-record.ts'
import type { SendResult, Thread } from './thread.ts'
import {
  emptyRun,
  emptyThread,
  type Run,
  type RunEnd,
  type ThreadState,
  type Turn,
} from './thread-state.ts'
import { endedPatch, isBusy, replaceLastRun } from './turns.ts'

export interface ThreadSetup {
  readonly agentId: string
  readonly threadKey: string
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly initialTurns: readonly Turn[]
  readonly record: RecordKeeper
  /** Absent: only the open turn is remembered. */
  readonly transcript?: TranscriptKeeper | undefined
  readonly observer: ThreadObserver
}

/** A thread with the one call that only its client may make. */
export interface OwnedThread extends Thread {
  /** Leaves an open run and refuses every send from now on. */
  dispose(): void
  /** Disposes, and forgets what was said and what was stored. Never rejects. */
  wipe(): Promise<void>
}

/** After this long, a thread is shown without its transcript, in milliseconds. */
const longestLoad = 2000

/** The store and the actions of one conversation. */
export function createThread(setup: ThreadSetup): OwnedThread {
  const { agentId, threadKey, record, transcript } = setup
  const store = createStore<ThreadState>(() => ({
    ...emptyThread,
    turns: setup.initialTurns,
    isRestoring: true,
  }))
  const { getState, setState } = store
  let restoring: Promise<void> | null = null
  let live: LiveRun | null = null
  let settle: ((end: RunEnd) => void) | null = null
  let isDisposed = false
  let isRecordRead = false

  function restore(): Promise<void> | null {
    if (!getState().isRestoring || isRecordRead || restoring !== null) return restoring
    const reading = record.restore()
    if (reading === undefined) recordRead()
    else restoring = reading.then(recordRead)
    return restoring
  }

  /** A send goes on from here: nothing waits for a transcript but what is shown. */
  function recordRead(): void {
    restoring = null
    isRecordRead = true
    if (!getState().isRestoring) return
    const { open } = record.current
    if (transcript === undefined || !record.isStored) show(noTranscript, open)
    else void restoreTranscript(transcript, record.current)
  }

  /** Shows what is kept; without it if it is late, and with it once it is there. */
  async function restoreTranscript(keeper: TranscriptKeeper, { id, open }: ThreadRecord) {
    const late = setTimeout(() => record.current.id === id && show(noTranscript, open), longestLoad)
    const loaded = await keeper.load(id)
    clearTimeout(late)
    if (isDisposed || record.current.id !== id) return
    const isOurs = setup.initialTurns.length === 0
    show(isOurs ? loaded : onlyOpen(loaded, open), open)
    const turn = getState().turns.find((shown) => shown.id === open?.turnId)
    if (turn?.runs.every(({ end }) => end !== null) === true) keeper.put(id, turn)
  }

  function show(transcriptOf: Transcript, open: OpenTurn | null): void {
    const { turns } = getState()
    const restored = restoredTurns(transcriptOf, open)
    const merged = mergeTurns(turns, restored, setup.initialTurns)
    const last = merged.at(-1)
    const run = last?.runs.at(-1)
    const isLeft = !isBusy(getState()) && open !== null && last?.id === open.turnId
    setState({
      isRestoring: false,
      turns: merged,
      ...(isLeft && run !== undefined && turns.at(-1) !== last && endedPatch(run)),
    })
  }

  async function send(input: string | TurnInput): Promise<SendResult> {
    const turnInput = typeof input === 'string' ? { query: input } : input
    if (isDisposed) return { sent: false, reason: 'disposed' }
    if (isEmpty(turnInput)) return { sent: false, reason: 'empty' }
    if (isBusy(getState())) return { sent: false, reason: 'busy' }
    leave()
    if (isBusy(getState())) return { sent: false, reason: 'busy' } // a callback of the run that was left has sent
    const turn: Turn = { id: newId(), input: turnInput, sentAt: Date.now(), runs: [] }
    return ask(turn, [...getState().turns, turn])
  }

  async function retry(options?: { readonly inNewThread?: boolean }): Promise<SendResult> {
    if (isDisposed) return { sent: false, reason: 'disposed' }
    if (isBusy(getState())) return { sent: false, reason: 'busy' }
    const { turns } = getState()
    const turn = turns.at(-1)
    const end = turn?.runs.at(-1)?.end ?? 'done'
    if (turn === undefined || end === 'done') return { sent: false, reason: 'empty' }
    if (options?.inNewThread === true) record.update({ threadRef: null })
    return ask(turn, turns)
  }

  /** Shows the turn with a new run, waits for what is remembered, and runs it. */
  async function ask(turn: Turn, turns: readonly Turn[]): Promise<SendResult> {
    const runId = newId()
    const asked = { ...turn, runs: [...turn.runs, emptyRun(runId)] }
    setState({
      turns: turns.with(-1, asked),
      status: 'submitted',
      activity: 'connecting',
      error: null,
    })
    const ready = new Promise<RunEnd>((resolve) => (settle = resolve))
    const settleThis = settle
    const restored = restore()
    if (restored !== null) await Promise.race([restored, ready])
    if (isAsked(runId)) {
      const request = { runId, agentId, threadRef: record.current.threadRef, input: asked.input }
      live = attachRun({
        ...setup,
        setState,
        turn: asked,
        request,
        ready,
        settle(end, isEnded) {
          if (isEnded) live = null // a quiet run is still read on
          settleThis?.(end)
        },
      })
    }
    return { sent: true, runId, end: await ready }
  }

  /** False once a stop or a reset came while the thread was still being restored. */
  function isAsked(runId: string): boolean {
    const { turns, status } = getState()
    return !isDisposed && status === 'submitted' && turns.at(-1)?.runs.at(-1)?.id === runId
  }

  function leave(): void {
    live?.leave()
    live = null
    settle?.('unknown')
    settle = null
  }

  function dispose(): void {
    isDisposed = true
    leave()
    transcript?.flush()
  }

  return {
    agentId,
    threadKey,
    get threadRef() {
      return record.current.threadRef
    },
    store: {
      getState,
      getInitialState: store.getInitialState,
      subscribe(listener) {
        const unsubscribe = store.subscribe((...states) => isolate(listener, ...states))
        void restore()
        return unsubscribe
      },
    },
    send,
    retry,
    async stop() {
      if (live !== null) live.stop()
      else if (isBusy(getState())) stopBeforeSent()
    },
    reset() {
      leave()
      transcript?.remove(record.current.id)
      record.update({ id: newId(), threadRef: null, open: null, draft: null, title: null })
      setState({ ...emptyThread })
    },
    clearError() {
      if (getState().status !== 'error') return
      record.update({ open: null })
      setState({ status: 'ready', error: null })
    },
    dispose,
    async wipe() {
      dispose()
      setState({ ...emptyThread })
      await Promise.all([record.forget(), transcript?.forget()])
    },
  }

  function stopBeforeSent(): void {
    const waiting = getState().turns.at(-1)?.runs.at(-1)
    if (waiting === undefined) return
    const stopped: Run = { ...waiting, end: 'stopped' }
    setState((state) => ({ turns: replaceLastRun(state.turns, stopped), ...endedPatch(stopped) }))
    settle?.('stopped')
  }
}

function isEmpty(input: TurnInput): boolean {
  // Plain JavaScript passes whatever it has at hand, an event for instance.
  if (typeof input !== 'object' || input === null || typeof input.query !== 'string') return true
  const { query, documents, images, audios } = input
  const files = [documents, images, audios]
  return query.trim() === '' && files.every((list) => list === undefined || list.length === 0)
}
