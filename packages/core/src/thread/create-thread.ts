import { createStore } from 'zustand/vanilla'
import type { TurnInput } from '../wire/run-request.ts'
import { changeConversation } from './change-conversation.ts'
import { handOver } from './hand-over.ts'
import { isEmptyInput } from './is-empty-input.ts'
import { keepDraft } from './keep-draft.ts'
import { keepOpenTurn } from './keep-open-turn.ts'
import { keepStopped } from './keep-stopped.ts'
import { movableDraft } from './movable-draft.ts'
import { newId } from './new-id.ts'
import { createRunAttempts } from './run-attempts.ts'
import { createRestorer } from './restore-thread.ts'
import { restoredOnUse } from './restored-on-use.ts'
import { takeWriting } from './take-writing.ts'
import type { RunLeftOpen } from './run-left-open.ts'
import type { OwnedThread, ThreadSetup } from './owned-thread.ts'
import type { SendResult } from './thread.ts'
import { emptyRun, emptyThread, type RunEnd, type ThreadState, type Turn } from './thread-state.ts'
import { titleOf } from './title-of.ts'
import { createTurnQueue } from './turn-queue.ts'
import { longestAnswer, within } from './within.ts'
import { hasChanged, isBusy, isLastAsked, stopLastRun, withoutRun } from './turns.ts'

/** The store and the actions of one conversation. */
export function createThread(setup: ThreadSetup): OwnedThread {
  const { agentId, threadKey, whenBusy, record, transcript, tabs, observer } = setup
  const store = createStore<ThreadState>(() => ({
    ...emptyThread,
    turns: setup.turns,
    isRestoring: true,
  }))
  const { getState, setState } = store
  const draft = keepDraft(record, () => getState().queued)
  const uploads = setup.uploads?.forThread(threadKey, draft) ?? null
  let settle: ((end: RunEnd) => void) | null = null
  let isDisposed = false
  const attempts = createRunAttempts({ ...setup, setState, onTaken: () => void refresh(true) })
  const queue = createTurnQueue({ store, leave, ask: (turn) => ask(turn) })

  store.subscribe((state, before) => {
    observer.onState(state)
    const isQueueSame = state.queued === before.queued
    if (!isQueueSame && !isDisposed && !conversation.isRemoving) draft.save()
    if (hasChanged(state, before)) observer.onChange()
  })

  const restorer = createRestorer({
    ...setup,
    store,
    isDisposed: () => isDisposed,
    follow: start,
    isAsking: () => isBusy(getState()) && !attempts.isLive(),
    onRecordRead: draft.restored,
    leave() {
      leave()
      queue.cancelAll('canceled')
    },
    giveUpUnless: attempts.giveUpUnless,
  })
  const { restore, refresh, catchUp, end } = restorer
  const conversation = changeConversation({
    ...setup,
    store,
    attempts,
    queue,
    draft,
    restorer,
    leave,
    stop,
    filesInDraft: uploads,
    isDisposed: () => isDisposed,
  })
  tabs.listen((isElsewhere) => {
    if (isDisposed) return
    setState({ writer: isElsewhere ? 'another-tab' : 'here' })
    if (isElsewhere) void handOver({ ...setup, store, attempts, leave })
    else void refresh(true).then(goOn)
  })

  async function send(input: string | TurnInput): Promise<SendResult> {
    const turnInput = typeof input === 'string' ? { query: input } : input
    if (isDisposed) return { sent: false, reason: 'disposed' }
    if (isEmptyInput(turnInput)) return { sent: false, reason: 'empty' }
    const mayQueue = isBusy(getState()) || getState().writer === 'here' // another tab would refuse the first in line
    if (whenBusy === 'queue' && mayQueue && queue.isNeeded()) return queue.add(turnInput)
    if (isBusy(getState())) return { sent: false, reason: 'busy' }
    leave()
    if (isBusy(getState())) return { sent: false, reason: 'busy' } // a callback of the run that was left has sent
    const turn: Turn = { id: newId(), input: turnInput, sentAt: Date.now(), runs: [] }
    return ask(turn)
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
    return ask(turn, turns, options?.inNewThread)
  }

  /** Shows the turn with a new run, waits for what is remembered, and runs it. */
  async function ask(
    turn: Turn,
    turns: readonly Turn[] = [...getState().turns, turn],
    isInNewThread = false,
  ): Promise<SendResult> {
    const { status, activity, error, writer } = getState()
    if (writer === 'another-tab') return { sent: false, reason: writer }
    const runId = newId()
    const asked = { ...turn, runs: [...turn.runs, emptyRun(runId)] }
    const asking = { status: 'submitted', activity: 'connecting', error: null } as const
    setState({ turns: turns.with(-1, asked), ...asking })
    const ready = nextEnd()
    const settleThis = settle
    const restored = restore()
    if (restored !== null) await Promise.race([within(longestAnswer, restored), ready])
    const mayWrite = isAsked(runId) ? takeWriting(tabs, record) : false
    if (mayWrite !== true && turn.runs.length === 0) draft.hold(turn.input)
    const isRefused =
      mayWrite !== true && !(await Promise.race([mayWrite, ready])) && isAsked(runId)
    if (isRefused) {
      draft.hold(null)
      tabs.release()
      setState({ turns: withoutRun(getState().turns, runId), status, activity, error })
      settleThis?.('unknown')
      void refresh(true)
      return { sent: false, reason: 'another-tab' }
    }
    if (isAsked(runId)) {
      if (isInNewThread) record.update({ threadRef: null })
      start(asked, undefined, ready)
    } else if ((await ready) === 'stopped') {
      // Before anything left the page: remembered once that overwrites nothing.
      const remember = (): void => keepStopped(setup, getState().turns, turn.id, runId)
      void Promise.resolve(restored).then(remember)
    } else {
      if (isDisposed) draft.letGo()
      else draft.hold(null)
      return { sent: false, reason: isDisposed ? 'disposed' : 'canceled' }
    }
    if (!isDisposed) draft.hold(null)
    return { sent: true, runId, end: await ready }
  }

  /** The end of the run that is about to be asked for, or followed. */
  function nextEnd(): Promise<RunEnd> {
    return new Promise((resolve) => (settle = resolve))
  }

  /** Has the last run of a turn asked for, or goes on with it where it was left. */
  function start(turn: Turn, left?: RunLeftOpen, ready = nextEnd()): void {
    const settleThis = settle
    keepOpenTurn(setup, getState(), turn)
    attempts.start({
      turn,
      title: titleOf((getState().turns[0] ?? turn).input),
      left,
      ready,
      settle(how, isEnded) {
        tabs.release()
        if (isEnded) catchUp()
        settleThis?.(how)
        void Promise.resolve().then(goOn) // whoever is told of the end may act first
      },
    })
  }

  /** What is queued goes on behind an answer that is whole or was stopped, where this tab may write; behind any other, a person says so. */
  function goOn(): void {
    const { status, writer } = getState()
    if (!isDisposed && status === 'ready' && writer === 'here') queue.startNext()
  }

  /** False once a stop or a reset came while the thread was still being restored. */
  function isAsked(runId: string): boolean {
    return !isDisposed && isLastAsked(getState(), runId)
  }

  function leave(): void {
    attempts.leave()
    tabs.release()
    settle?.('unknown')
    settle = null
  }

  function dispose(): void {
    isDisposed = true
    attempts.dispose()
    uploads?.dispose()
    leave()
    draft.flush() // with what is queued: a later page writes on behind it
    queue.cancelAll('disposed')
    transcript?.flush()
    tabs.close()
    end()
  }

  return {
    agentId,
    threadKey,
    whenBusy,
    get threadRef() {
      return record.current.threadRef
    },
    store: restoredOnUse(store, restore),
    draft: restoredOnUse(draft.store, restore),
    setDraft: draft.set,
    uploads,
    send,
    retry,
    stop: async () => stop(),
    reset: conversation.reset,
    clearError() {
      attempts.giveUp()
      if (getState().status !== 'error') return
      const isOurs = getState().writer === 'here'
      if (isOurs) record.update({ open: null })
      setState({ status: 'ready', error: null })
      if (isOurs) tabs.tellChanged()
      goOn()
    },
    record,
    rename: conversation.rename,
    remove: conversation.remove,
    cancelQueued: (id) => queue.cancel(id, 'canceled'),
    dispose,
    ...movableDraft(draft, restore),
    refresh: (recordId) => void refresh(recordId === record.current.id),
    async wipe() {
      dispose()
      draft.clear()
      setState({ ...emptyThread })
      await Promise.all([record.forget(), transcript?.forget()])
    },
  }

  function stop(): void {
    if (attempts.stop() || !isBusy(getState())) return
    setState(({ turns }) => stopLastRun(turns))
    tabs.release()
    settle?.('stopped')
    void Promise.resolve().then(goOn)
  }
}
