import type { Tools } from '../tools/tools.ts'
import type { RunCursor, Transport } from '../transport/transport.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { foldSafely } from './fold-safely.ts'
import { followRun } from './follow-run.ts'
import { createFrameCommit, type FrameScheduler } from './frame-commit.ts'
import { joinDeltas } from './join-deltas.ts'
import { outcomeOf } from './outcome-of.ts'
import { endRun, isSettled, type Completion } from './run-end.ts'
import type { RunLeftOpen } from './run-left-open.ts'
import { stampTimes } from './stamp-times.ts'
import { emptyRun, type Run, type RunEnd } from './thread-state.ts'
import { warn } from './warn.ts'
import { watchDeltas } from './watch-deltas.ts'
import { watchQuiet } from './watch-quiet.ts'
import { watchSilence, type SilenceLimits } from './watch-silence.ts'

export interface LiveRunSetup {
  readonly request: RunRequest
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly silence: SilenceLimits
  /** From 0 to 1: what is left to chance in the pauses between two tries to resume. */
  readonly random: () => number
  readonly tools?: Tools | undefined
  /** What an earlier page left of this run, which is then followed and not asked for. */
  readonly left?: RunLeftOpen | undefined
  /** Each event as it is read, before any commit. */
  onEvent(event: FluoEvent, cursor: string | null): void
  /** The run as it should be shown now: at most once a frame, and before the next one for what need not wait for it. */
  commit(run: Run): void
  /** Bytes arrived for the first time, or again after the connection had been lost. */
  onOpen(): void
  /** The connection is lost, and looked for again. */
  onLost(): void
  /** Not a byte has come for a while (true), or one has again (false). */
  onSlow(isSlow: boolean): void
  /** The answer looks whole and the stream is silent (true), or speaks again (false). */
  onQuiet(isQuiet: boolean): void
  /** The run is to end on the server as well. */
  tellStop(run: RunCursor): void
  /** The run has ended, once, and looks like this; nothing of it is called any more. */
  onEnd(run: Run): void
}

/** A run whose stream is being read. */
export interface LiveRun {
  /** It has ended or was left: nothing that it still brings counts. */
  readonly isOver: boolean
  /** Commits what has been read and waits for its frame: it may end the run. */
  flush(): void
  /** Ends the run here and, where the transport can, on the server. */
  stop(): void
  /** Stops reading. A quiet run has ended as `done`; any other is dropped without another word. */
  leave(): void
}

/** Starts a run, or follows one that was left open: its events are folded and committed until it ends. */
export function startRun(setup: LiveRunSetup): LiveRun {
  const { request, transport, completion, left } = setup
  const controller = new AbortController()
  const waiting: FluoEvent[] = []
  let run = left?.run ?? emptyRun(request.runId)
  let shown = run
  let isReplay = left !== undefined && left.after === null
  let cursor = left?.after ?? null
  let connection: 'awaited' | 'open' | 'lost' = left === undefined ? 'awaited' : 'lost'
  let hasEvents = left?.hasAnswered ?? false
  let isUrgent = false
  let isOver = false
  const frame = createFrameCommit(setup.schedule, commitFrame)
  const watch = watchDeltas(() =>
    warn(
      "each delta seems to repeat the text so far. If it does, set `deltas: 'cumulative'` where the agent is read.",
    ),
  )
  const quiet = watchQuiet(
    () => {
      flush() // where no frame has come yet
      return !isOver
    },
    (isQuiet) => setup.onQuiet(isQuiet),
  )
  const silence = watchSilence(setup.silence, {
    onSlow(isSlow) {
      if (!quiet.isQuiet && connection !== 'lost') setup.onSlow(isSlow)
    },
    onStall: stall,
  })

  function take(event: FluoEvent, at: string | null): boolean {
    if (isOver) return false
    if (!hasEvents) frame.giveWay() // it is told at once that there are some
    hasEvents = true
    cursor = at ?? cursor
    if (isReplay) run = shown = emptyRun(request.runId) // what was kept of it comes again
    isReplay = false
    watch(event)
    joinDeltas(waiting, event)
    isUrgent ||= event.type !== 'message_delta' && event.type !== 'thinking_part'
    if (quiet.isQuiet) quiet.speak()
    if (isOver) return false // by whoever saw it speak
    setup.onEvent(event, at)
    if (event.type === 'error' && event.error.code !== 'thread-conflict') flush()
    return !isOver
  }

  function batchEnd(): void {
    if (isOver) return
    const isBack = connection !== 'open'
    connection = 'open'
    silence.heard()
    if (isBack) setup.onOpen()
    if (isOver) return // by whoever saw that
    if (isBack) frame.giveWay()
    if (waiting.length === 0) return isBack ? awaitQuiet() : undefined
    quiet.hold()
    if (!isUrgent) return frame.request()
    if (foldWaiting()) frame.hurry()
  }

  /** Shows all that waits. */
  function flush(): void {
    frame.cancel()
    commitFrame()
  }

  function commitFrame(): boolean {
    return foldWaiting() && show()
  }

  /** Returns whether the run goes on. */
  function foldWaiting(): boolean {
    if (waiting.length === 0) return !isOver
    const now = Date.now()
    for (const event of waiting.splice(0)) run = stampTimes(run, foldSafely(run, event), event, now)
    if (isUrgent) run = setup.tools?.checkRun(run) ?? run // more than text has come
    isUrgent = false
    if (isOver) return false
    if (run.end !== null) {
      over()
      return false
    }
    awaitQuiet()
    return true
  }

  /** Returns whether there was anything to show, and may be more. */
  function show(): boolean {
    if (run === shown) return false
    shown = run
    setup.commit(run)
    return !isOver
  }

  function awaitQuiet(): void {
    quiet.hold()
    if (isSettled(run) && !isReplay) quiet.begin()
  }

  /** An answer that looks whole is not looked for. */
  function lose(): boolean {
    flush()
    if (isOver || quiet.isQuiet) return false
    connection = 'lost'
    quiet.hold()
    setup.onLost()
    return !isOver
  }

  /** The wire went dead. Nobody knows what became of a run that never said a word: only its person may ask again. */
  function stall(): void {
    flush()
    if (isOver) return
    if (quiet.isQuiet || isSettled(run)) return end('done')
    stopThere()
    end(hasEvents ? 'interrupted' : 'unknown', { code: 'stalled' })
  }

  function end(how: RunEnd, error: FluoError | null = null): void {
    if (isOver) return
    flush()
    if (isOver) return // by an error event, or by whoever saw the commit
    run = endRun(run, how, error)
    over()
  }

  function over(): void {
    drop()
    setup.onEnd(run)
  }

  function drop(): void {
    isOver = true
    quiet.hold()
    silence.end()
    frame.cancel()
    controller.abort()
  }

  void followRun({
    transport,
    request,
    left,
    signal: controller.signal,
    random: setup.random,
    take,
    batchEnd,
    onLost: lose,
  }).then((stream) => {
    if (isOver) return
    if (quiet.isQuiet) return end('done')
    flush()
    if (isOver) return // by an event that waited
    const isLeft = left !== undefined
    const { how, error } = outcomeOf(stream, { run, hasEvents, isLeft, completion })
    end(how, error)
  })

  function stopThere(): void {
    const { runId, agentId } = request
    setup.tellStop({ runId, agentId, after: cursor })
  }

  return {
    get isOver() {
      return isOver
    },
    flush() {
      if (!isOver) flush()
    },
    stop() {
      if (isOver) return
      stopThere()
      end(quiet.isQuiet ? 'done' : 'stopped')
    },
    leave() {
      if (quiet.isQuiet) end('done')
      else drop()
    },
  }
}
