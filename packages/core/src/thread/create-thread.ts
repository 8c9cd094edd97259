import { createStore } from 'zustand/vanilla'
import type { Transport } from '../transport/transport.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { FrameScheduler } from './frame-commit.ts'
import { attachRun } from './attach-run.ts'
import { isolate } from './isolate.ts'
import type { LiveRun } from './live-run.ts'
import { newId } from './new-id.ts'
import type { Completion } from './run-end.ts'
import { createRestorer } from './restore-thread.ts'
import type { RecordKeeper, ThreadObserver, ThreadTabs, TranscriptKeeper } from './thread-ports.ts'
import type { SendResult, Thread } from './thread.ts'
import {
  emptyRun,
  emptyThread,
  type Run,
  type RunEnd,
  type ThreadState,
  type Turn,
} from './thread-state.ts'
import { endedPatch, isBusy, replaceRun, withoutRun } from './turns.ts'

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
  readonly tabs: ThreadTabs
  readonly observer: ThreadObserver
}

/** A thread with the one call that only its client may make. */
export interface OwnedThread extends Thread {
  /** Leaves an open run and refuses every send from now on. */
  dispose(): void
  /** Another tab says that it has changed something. */
  refresh(recordId: string): void
  /** Disposes, and forgets what was said and what was stored. Never rejects. */
  wipe(): Promise<void>
}

/** The store and the actions of one conversation. */
export function createThread(setup: ThreadSetup): OwnedThread {
  const { agentId, threadKey, record, transcript, tabs } = setup
  const store = createStore<ThreadState>(() => ({
    ...emptyThread,
    turns: setup.initialTurns,
    isRestoring: true,
  }))
  const { getState, setState } = store
  let live: LiveRun | null = null
  let settle: ((end: RunEnd) => void) | null = null
  let isDisposed = false

  const { restore, refresh, catchUp, follow } = createRestorer({
    ...setup,
    store,
    isDisposed: () => isDisposed,
    isAsking: () => isBusy(getState()) && live === null,
    leave,
  })
  tabs.listen((isElsewhere) => {
    if (isDisposed) return
    setState({ writer: isElsewhere ? 'another-tab' : 'here' })
    if (!isElsewhere) void refresh(true)
  })

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
    const { status, activity, error, writer } = getState()
    if (writer === 'another-tab') return { sent: false, reason: writer }
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
    const mayWrite = isAsked(runId) ? isWriter() : false
    if (mayWrite !== true && !(await mayWrite) && isAsked(runId)) {
      setState({ turns: withoutRun(getState().turns, runId), status, activity, error })
      settleThis?.('unknown')
      void refresh(true)
      return { sent: false, reason: 'another-tab' }
    }
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
          tabs.release()
          if (isEnded) catchUp()
          settleThis?.(end)
        },
      })
    } else if (live === null) tabs.release() // stopped, reset or disposed before it was sent
    return { sent: true, runId, end: await ready }
  }

  /** Whether this tab may write, to the conversation that it shows. */
  function isWriter(): boolean | Promise<boolean> {
    const taken = tabs.take()
    return taken === true || shownIsCurrent(taken)
  }

  async function shownIsCurrent(taken: boolean | Promise<boolean>): Promise<boolean> {
    const { id } = record.current
    if (!(await taken)) return false
    await record.refresh()
    if (record.current.id === id) return true
    tabs.release()
    return false
  }

  /** False once a stop or a reset came while the thread was still being restored. */
  function isAsked(runId: string): boolean {
    const { turns, status } = getState()
    return !isDisposed && status === 'submitted' && turns.at(-1)?.runs.at(-1)?.id === runId
  }

  function leave(): void {
    live?.leave()
    live = null
    tabs.release()
    settle?.('unknown')
    settle = null
  }

  function dispose(): void {
    isDisposed = true
    leave()
    transcript?.flush()
    tabs.close()
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
      follow()
      setState({ ...emptyThread })
      tabs.tellChanged()
    },
    clearError() {
      if (getState().status !== 'error') return
      record.update({ open: null })
      setState({ status: 'ready', error: null })
      tabs.tellChanged()
    },
    dispose,
    refresh: (recordId) => void refresh(recordId === record.current.id),
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
    setState((state) => ({ turns: replaceRun(state.turns, stopped), ...endedPatch(stopped) }))
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
