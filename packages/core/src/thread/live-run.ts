import type { Transport } from '../transport/transport.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { fold } from './fold.ts'
import { createFrameCommit, type FrameScheduler } from './frame-commit.ts'
import { joinDeltas } from './join-deltas.ts'
import { pumpRun } from './pump-run.ts'
import { endOfStream, endRun, isSettled, type Completion } from './run-end.ts'
import { stampTimes } from './stamp-times.ts'
import { emptyRun, type Run, type RunEnd } from './thread-state.ts'
import { warn } from './warn.ts'
import { watchDeltas } from './watch-deltas.ts'
import { watchSilence, type SilenceLimits } from './watch-silence.ts'

/** After a final with nothing open, this much silence makes the thread ready again, in milliseconds. */
const quietAfterFinal = 1000

export interface LiveRunSetup {
  readonly request: RunRequest
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly silence: SilenceLimits
  /** Each event as it is read, before any commit. */
  onEvent(event: FluoEvent, cursor: string | null): void
  /** The run as it should be shown now: at most once a frame, at once for what must not wait. */
  commit(run: Run): void
  /** Bytes arrived for the first time. */
  onOpen(): void
  /** Not a byte has come for a while (true), or one has again (false). */
  onSlow(isSlow: boolean): void
  /** The answer looks whole and the stream is silent (true), or speaks again (false). */
  onQuiet(isQuiet: boolean): void
  /** The run has ended, once, and looks like this; nothing of it is called any more. */
  onEnd(run: Run): void
}

/** A run whose stream is being read. */
export interface LiveRun {
  /** It has ended or was left: nothing that it still brings counts. */
  readonly isOver: boolean
  /** Ends the run here and, where the transport can, on the server. */
  stop(): void
  /** Stops reading. A quiet run has ended as `done`; any other is dropped without another word. */
  leave(): void
}

/** Starts a run: one call of the transport, its events folded and committed until it ends. */
export function startRun(setup: LiveRunSetup): LiveRun {
  const { request, transport, completion } = setup
  const controller = new AbortController()
  const waiting: FluoEvent[] = []
  let run = emptyRun(request.runId)
  let cursor: string | null = null
  let hasBytes = false
  let hasEvents = false
  let isUrgent = false
  let isQuiet = false
  let isOver = false
  let quietTimer: ReturnType<typeof setTimeout> | undefined
  const frame = createFrameCommit(setup.schedule, flush)
  const watch = watchDeltas(() =>
    warn(
      "each delta seems to repeat the text so far. If it does, set `deltas: 'cumulative'` where the agent is read.",
    ),
  )

  const silence = watchSilence(setup.silence, {
    onSlow(isSlow) {
      if (!isQuiet) setup.onSlow(isSlow)
    },
    onStall: stall,
  })

  function take(event: FluoEvent, at: string | null): boolean {
    if (isOver) return false
    hasEvents = true
    cursor = at ?? cursor
    watch(event)
    joinDeltas(waiting, event)
    isUrgent ||= event.type !== 'message_delta' && event.type !== 'thinking_part'
    if (isQuiet) speak()
    if (isOver) return false // by whoever saw it speak
    setup.onEvent(event, at)
    if (event.type === 'error' && event.error.code !== 'thread-conflict') flush()
    return !isOver
  }

  function batchEnd(): void {
    if (isOver) return
    silence.heard()
    if (!hasBytes) setup.onOpen()
    hasBytes = true
    if (waiting.length === 0) return
    clearTimeout(quietTimer)
    if (isUrgent) flush()
    else frame.request()
  }

  function flush(): void {
    frame.cancel()
    isUrgent = false
    const before = run
    const now = Date.now()
    for (const event of waiting.splice(0)) run = stampTimes(run, foldSafely(run, event), event, now)
    if (isOver) return
    if (run.end !== null) return over()
    clearTimeout(quietTimer)
    if (isSettled(run)) quietTimer = setTimeout(quieten, quietAfterFinal)
    if (run !== before) setup.commit(run)
  }

  function quieten(): void {
    isQuiet = true
    setup.onQuiet(true)
  }

  function speak(): void {
    isQuiet = false
    setup.onQuiet(false)
  }

  /** The wire went dead. Nobody knows what became of a run that never said a word: only its person may ask again. */
  function stall(): void {
    flush()
    if (isOver) return
    if (isQuiet || isSettled(run)) return end('done')
    void stopThere()
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
    clearTimeout(quietTimer)
    silence.end()
    frame.cancel()
    controller.abort()
  }

  void pumpRun(() => transport.start(request, controller.signal), { take, batchEnd }).then(
    (error) => {
      if (isOver) return
      if (isQuiet) end('done')
      else if (error !== null) end(hasEvents ? 'interrupted' : 'failed', error)
      else if (!hasEvents) end('failed', { code: 'empty' })
      else {
        flush()
        const how = endOfStream(run, completion)
        const hasFinal = run.messages.some(({ isFinal }) => isFinal)
        if (how === 'interrupted' && !hasFinal) {
          warn(
            "a stream ended cleanly without a message_final, so its run counts as cut off. If the agent never sends one, name it with `completion: 'end-of-stream'`.",
          )
        }
        end(how, how === 'interrupted' ? { code: 'network' } : null)
      }
    },
  )

  async function stopThere(): Promise<void> {
    const { runId, agentId } = request
    try {
      await transport.stop?.({ runId, agentId, after: cursor })
    } catch {
      // The person has stopped here; that the server could not be told changes nothing for them.
    }
  }

  return {
    get isOver() {
      return isOver
    },
    stop() {
      if (isOver) return
      void stopThere()
      end(isQuiet ? 'done' : 'stopped')
    },
    leave() {
      if (isQuiet) end('done')
      else drop()
    },
  }
}

/** A transport of an application's own may bring what is no event: it ends the run, and hangs nothing. */
function foldSafely(run: Run, event: FluoEvent): Run {
  try {
    return fold(run, event)
  } catch {
    return endRun(run, 'failed', { code: 'invalid' })
  }
}
