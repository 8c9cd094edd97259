import { createStore } from 'zustand/vanilla'
import type { Transport } from '../transport/transport.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { FrameScheduler } from './frame-commit.ts'
import { attachRun } from './attach-run.ts'
import { isEmptyInput } from './is-empty-input.ts'
import { isolate } from './isolate.ts'
import { joinInputs } from './join-inputs.ts'
import { keepDraft } from './keep-draft.ts'
import type { LiveRun } from './live-run.ts'
import { newId } from './new-id.ts'
import type { Completion } from './run-end.ts'
import type { RecordKeeper, ThreadObserver } from './thread-ports.ts'
import type { SendResult, Thread } from './thread.ts'
import {
  emptyRun,
  emptyThread,
  type Run,
  type RunEnd,
  type ThreadState,
  type Turn,
} from './thread-state.ts'
import { endedPatch, isBusy, replaceLastRun, turnOf } from './turns.ts'

export interface ThreadSetup {
  readonly agentId: string
  readonly threadKey: string
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly initialTurns: readonly Turn[]
  readonly record: RecordKeeper
  readonly observer: ThreadObserver
}

/** A thread with the one call that only its client may make. */
export interface OwnedThread extends Thread {
  /** Leaves an open run and refuses every send from now on. */
  dispose(): void
  /** The draft, which is then empty here; null where there is none. Resolves once what is remembered has been read. */
  takeDraft(): Promise<TurnInput | null>
  /** Puts a draft below the one that is there. */
  addDraft(draft: TurnInput): Promise<void>
  /** Disposes, and forgets what was said and what was stored. Never rejects. */
  wipe(): Promise<void>
}

/** The store and the actions of one conversation. */
export function createThread(setup: ThreadSetup): OwnedThread {
  const { agentId, threadKey, record } = setup
  const store = createStore<ThreadState>(() => ({
    ...emptyThread,
    turns: setup.initialTurns,
    isRestoring: true,
  }))
  const { getState, setState } = store
  const draft = keepDraft(record)
  let restoring: Promise<void> | null = null
  let live: LiveRun | null = null
  let settle: ((end: RunEnd) => void) | null = null
  let isDisposed = false

  function restore(): Promise<void> | null {
    if (!getState().isRestoring || restoring !== null) return restoring
    const reading = record.restore()
    if (reading === undefined) showRestored()
    else restoring = reading.then(showRestored)
    return restoring
  }

  function showRestored(): void {
    restoring = null
    draft.restored()
    if (!getState().isRestoring) return
    const { open } = record.current
    const { turns } = getState()
    if (open === null || turns.some(({ id }) => id === open.turnId)) {
      setState({ isRestoring: false })
      return
    }
    const turn = turnOf(open)
    const asked = isBusy(getState()) ? turns.length - 1 : turns.length
    const place = Math.min(setup.initialTurns.length, asked) // before what was asked since
    const isLast = place === turns.length
    setState({
      isRestoring: false,
      turns: turns.toSpliced(place, 0, turn),
      ...(isLast && endedPatch(turn.runs[0] ?? emptyRun(open.run.runId))),
    })
  }

  async function send(input: string | TurnInput): Promise<SendResult> {
    const turnInput = typeof input === 'string' ? { query: input } : input
    if (isDisposed) return { sent: false, reason: 'disposed' }
    if (isEmptyInput(turnInput)) return { sent: false, reason: 'empty' }
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
    draft.flush()
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
    draft: {
      ...draft.store,
      subscribe(listener) {
        const unsubscribe = draft.store.subscribe((...states) => isolate(listener, ...states))
        void restore()
        return unsubscribe
      },
    },
    setDraft: draft.set,
    send,
    retry,
    async stop() {
      if (live !== null) live.stop()
      else if (isBusy(getState())) stopBeforeSent()
    },
    reset() {
      void restore() // what was being written stays
      leave()
      record.update({ id: newId(), threadRef: null, open: null, title: null })
      draft.restored()
      setState({ ...emptyThread })
    },
    clearError() {
      if (getState().status !== 'error') return
      record.update({ open: null })
      setState({ status: 'ready', error: null })
    },
    dispose,
    async takeDraft() {
      await restore()
      const taken = draft.store.getState()
      if (taken === null || isEmptyInput(taken)) return null
      draft.set({ query: '' })
      return taken
    },
    async addDraft(added) {
      await restore()
      draft.set(joinInputs(draft.store.getState(), added) ?? added)
    },
    async wipe() {
      dispose()
      draft.clear()
      setState({ ...emptyThread })
      await record.forget()
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
