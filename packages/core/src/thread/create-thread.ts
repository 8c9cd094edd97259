import { createStore } from 'zustand/vanilla'
import type { Transport } from '../transport/transport.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { FrameScheduler } from './frame-commit.ts'
import { isEmptyInput } from './is-empty-input.ts'
import { isolate } from './isolate.ts'
import { keepDraft } from './keep-draft.ts'
import { newId } from './new-id.ts'
import type { RateLimitPolicy } from './rate-limit.ts'
import { createRunAttempts } from './run-attempts.ts'
import type { Completion } from './run-end.ts'
import type { RecordKeeper, ThreadObserver } from './thread-ports.ts'
import type { SendResult, Thread } from './thread.ts'
import { emptyRun, emptyThread, type RunEnd, type ThreadState, type Turn } from './thread-state.ts'
import { createTurnQueue } from './turn-queue.ts'
import { endedPatch, isBusy, stopLastRun, turnOf, type WhenBusy } from './turns.ts'
import type { SilenceLimits } from './watch-silence.ts'

export interface ThreadSetup {
  readonly agentId: string
  readonly threadKey: string
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly silence: SilenceLimits
  readonly rateLimit: RateLimitPolicy
  readonly whenBusy: WhenBusy
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
  const { agentId, threadKey, whenBusy, record } = setup
  const store = createStore<ThreadState>(() => ({
    ...emptyThread,
    turns: setup.initialTurns,
    isRestoring: true,
  }))
  const { getState, setState } = store
  const draft = keepDraft(record, () => getState().queued)
  let restoring: Promise<void> | null = null
  let settle: ((end: RunEnd) => void) | null = null
  let isDisposed = false
  const attempts = createRunAttempts({ ...setup, setState })
  const queue = createTurnQueue({
    store,
    leave,
    ask: (turn) => ask(turn, [...getState().turns, turn]),
  })

  store.subscribe(({ queued }, before) => {
    if (queued !== before.queued && !isDisposed) draft.save()
  })

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
    if (whenBusy === 'queue' && queue.isNeeded()) return queue.add(turnInput)
    if (isBusy(getState())) return { sent: false, reason: 'busy' }
    leave()
    if (isBusy(getState())) return { sent: false, reason: 'busy' } // a callback of the run that was left has sent
    const turn: Turn = { id: newId(), input: turnInput, sentAt: Date.now(), runs: [] }
    return ask(turn, [...getState().turns, turn])
  }

  async function retry(options?: { readonly inNewThread?: boolean }): Promise<SendResult> {
    if (isDisposed) return { sent: false, reason: 'disposed' }
    if (isBusy(getState())) return { sent: false, reason: 'busy' }
    attempts.giveUp()
    if (isBusy(getState())) return { sent: false, reason: 'busy' } // a callback of the run that was given up has sent
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
      attempts.start({
        turn: asked,
        request,
        ready,
        settle(end) {
          settleThis?.(end)
          void Promise.resolve().then(goOn) // whoever is told of the end may act first
        },
      })
    }
    return { sent: true, runId, end: await ready }
  }

  /** What is queued goes on behind an answer that is whole or was stopped; behind any other, a person says so. */
  function goOn(): void {
    if (!isDisposed && getState().status === 'ready') queue.startNext()
  }

  /** False once a stop or a reset came while the thread was still being restored. */
  function isAsked(runId: string): boolean {
    const { turns, status } = getState()
    return !isDisposed && status === 'submitted' && turns.at(-1)?.runs.at(-1)?.id === runId
  }

  function leave(): void {
    attempts.leave()
    settle?.('unknown')
    settle = null
  }

  function dispose(): void {
    isDisposed = true
    attempts.drop()
    leave()
    draft.flush() // with what is queued: a later page writes on behind it
    queue.cancelAll('disposed')
  }

  return {
    agentId,
    threadKey,
    whenBusy,
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
      if (!attempts.stop() && isBusy(getState())) stopBeforeSent()
    },
    reset() {
      void restore() // what was being written stays
      attempts.drop()
      leave()
      queue.cancelAll('canceled')
      record.update({ id: newId(), threadRef: null, open: null, title: null })
      draft.restored()
      setState({ ...emptyThread })
    },
    clearError() {
      attempts.giveUp()
      if (getState().status !== 'error') return
      record.update({ open: null })
      setState({ status: 'ready', error: null })
      goOn()
    },
    cancelQueued: (id) => queue.cancel(id, 'canceled'),
    dispose,
    async takeDraft() {
      await restore()
      return draft.take()
    },
    async addDraft(added) {
      await restore()
      draft.add(added)
    },
    async wipe() {
      dispose()
      draft.clear()
      setState({ ...emptyThread })
      await record.forget()
    },
  }

  function stopBeforeSent(): void {
    setState(({ turns }) => stopLastRun(turns))
    settle?.('stopped')
    void Promise.resolve().then(goOn)
  }
}
