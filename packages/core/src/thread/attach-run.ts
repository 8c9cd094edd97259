import type { StoreApi } from 'zustand/vanilla'
import type { Tools } from '../tools/tools.ts'
import type { RunCursor, Transport } from '../transport/transport.ts'
import type { RunRequest } from '../wire/run-request.ts'
import type { FrameScheduler } from './frame-commit.ts'
import { startRun, type LiveRun } from './live-run.ts'
import type { RunLeftOpen } from './run-left-open.ts'
import type { Completion } from './run-end.ts'
import type { RecordKeeper, ThreadObserver, ThreadTabs, TranscriptKeeper } from './thread-ports.ts'
import type { OpenTurn } from './thread-record.ts'
import { endRun, isOverAs } from './run-end.ts'
import { emptyRun, type Run, type RunEnd, type ThreadState, type Turn } from './thread-state.ts'
import { endedPatch, openTurn, replaceRun } from './turns.ts'
import type { SilenceLimits } from './watch-silence.ts'

export interface AttachedRunSetup {
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly silence: SilenceLimits
  readonly random: () => number
  readonly tools?: Tools | undefined
  readonly record: RecordKeeper
  readonly transcript?: TranscriptKeeper | undefined
  readonly tabs: ThreadTabs
  readonly observer: ThreadObserver
  readonly setState: StoreApi<ThreadState>['setState']
  readonly turn: Turn
  /** What the conversation is called by its first question. */
  readonly title: string | null
  readonly request: RunRequest
  readonly ready: Promise<RunEnd>
  /** What an earlier page left of the run, and the record has open. */
  readonly left?: RunLeftOpen | undefined
  /** The thread can take the next turn; `isEnded` says that the stream is over as well. */
  readonly settle: (end: RunEnd, isEnded: boolean) => void
  /** The run is to end on the server as well. */
  readonly tellStop: (run: RunCursor) => void
  /** Bytes have come. */
  readonly onOpen: () => void
  /** The run ended without an event. Returning true keeps it: it is shown as it is, and over once `finish` is called. */
  readonly keep: (run: Run, finish: () => void) => boolean
}

/**
 * Starts a run for the last turn of a thread, or goes on with the one that was left open: its commits go into the store, what must outlive the page into the
 * record in the tick in which it is known, and the news to the observer.
 */
export function attachRun(setup: AttachedRunSetup): LiveRun {
  const { request, turn, left, record, transcript, tabs, observer, setState, settle } = setup
  const { runId, agentId } = request
  let open: OpenTurn = {
    ...openTurn(turn, agentId, runId),
    isAccepted: left?.hasAnswered ?? false,
  }
  if (left === undefined) record.update({ open, title: setup.title, askedAt: Date.now() })
  const startId = record.current.id
  const recordId = (): string => record.nameOf(startId)
  if (left === undefined) tabs.tellChanged()
  else transcript?.resume(recordId(), runId, left.after)
  let remembered: OpenTurn | null = open
  let shown = left?.run ?? emptyRun(runId)
  let hasEvents = left !== undefined
  let isAccepted = false

  /** Unless another tab has asked since, after this answer had looked whole: its question is not to be lost. */
  function remember(next: OpenTurn | null): void {
    remembered = next
    record.update({ open: next }, (newest) => {
      const isOurs = newest.open === null || newest.open.run.runId === runId
      return isOurs && newest.id === recordId()
    })
  }

  function accept(): void {
    isAccepted = true
    if (!open.isAccepted) remember((open = { ...open, isAccepted: true }))
    setState({ status: 'streaming', activity: 'open' })
    observer.onRunAccepted(runId, setup.ready)
  }

  function adopt(threadRef: string): void {
    if (threadRef === record.current.threadRef) return
    record.update({ threadRef }, ({ id }) => id === recordId())
    setState({}) // the reference is no state, and whoever shows it wants to know
    observer.onThreadRef(threadRef)
  }

  /** The run is over: with a transcript its turn is still named by the record, until it is kept. */
  function rememberEnd({ end }: Pick<Run, 'end'>, error: Run['error']): void {
    const isOver = isOverAs(end)
    remember(isOver && transcript === undefined ? null : { ...open, end, error })
  }

  async function keepWhole(run: Run): Promise<void> {
    tabs.tellChanged()
    if (transcript === undefined) return
    const atEnd = remembered
    const isKept = await transcript.put(recordId(), { ...turn, runs: turn.runs.with(-1, run) })
    if (isKept && isOverAs(run.end) && remembered === atEnd) remember(null)
    tabs.tellChanged()
  }

  const live: LiveRun = startRun({
    ...setup,
    onOpen() {
      setState({ activity: 'open' })
      setup.onOpen()
    },
    onLost: () => setState({ activity: 'resuming' }),
    onSlow: (isSlow) => setState({ activity: isSlow ? 'slow' : 'open' }),
    onEvent(event, cursor) {
      hasEvents = true
      transcript?.collect(recordId(), runId, event, cursor)
      if ('threadRef' in event && event.threadRef !== undefined) adopt(event.threadRef)
      if (!live.isOver && !isAccepted && event.type !== 'error') accept()
      if (live.isOver) return // by a callback that left the conversation
      observer.onEvent(event)
      const isConflict = event.type === 'error' && event.error.code === 'thread-conflict'
      if (isConflict) observer.onError(event.error)
    },
    commit(run) {
      shown = run
      setState(({ turns }) => ({ turns: replaceRun(turns, run) }))
    },
    // Whoever sees a state may act on it at once: so the record is written and the send settled before it is shown.
    onQuiet(isQuiet) {
      if (isQuiet) {
        rememberEnd({ end: 'done' }, null)
        void keepWhole(endRun(shown, 'done'))
        settle('done', false)
        setState({ status: 'ready', activity: 'idle' })
      } else {
        remember(open)
        void tabs.take() // it was let go when the answer looked whole
        setState({ status: 'streaming', activity: 'open' })
      }
    },
    onEnd(run) {
      rememberEnd(run, factsOf(run))
      if (hasEvents || !setup.keep(run, () => finish(run))) return finish(run)
      const waiting = { ...endedPatch(run), activity: 'waiting' } as const
      setState(({ turns }) => ({ turns: replaceRun(turns, run), ...waiting }))
    },
  })

  function finish(run: Run): void {
    void keepWhole(run)
    settle(run.end ?? 'unknown', true)
    setState(({ turns }) => ({ turns: replaceRun(turns, run), ...endedPatch(run) }))
    observer.onRunEnd(run)
    if (run.error !== null) observer.onError(run.error)
  }
  return live
}

/** What of an error may be stored: not the server's own words. */
function factsOf({ error }: Run): Run['error'] {
  if (error === null) return null
  const { detail: _detail, ...facts } = error
  return facts
}
