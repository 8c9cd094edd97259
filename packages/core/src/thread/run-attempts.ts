import { attachRun, type AttachedRunSetup } from './attach-run.ts'
import type { RunRequest } from '../wire/run-request.ts'
import type { LiveRun } from './live-run.ts'
import { waitForLimit, type RateLimitPolicy } from './rate-limit.ts'
import { tellStop } from './tell-stop.ts'
import { takeWritingAgain } from './take-writing-again.ts'
import { emptyRun, type RunEnd } from './thread-state.ts'
import { replaceRun } from './turns.ts'

export interface RunAttemptsSetup extends Omit<
  AttachedRunSetup,
  keyof AskedRun | 'request' | 'tellStop' | 'onOpen' | 'keep' | 'random'
> {
  readonly agentId: string
  readonly rateLimit: RateLimitPolicy
  /** Another tab has the thread, or the turn that waited here. */
  readonly onTaken: () => void
}

/** A run to ask for, or to go on with: the last one of its turn. `settle` says that the thread can take the next turn, and whether the stream is over as well. */
export interface AskedRun extends Pick<AttachedRunSetup, 'turn' | 'title' | 'ready' | 'left'> {
  readonly settle: (end: RunEnd, isEnded: boolean) => void
}

/** The one run of a thread that may be open, or waiting to be asked again after a rate limit refused it. */
export interface RunAttempts {
  /** Whether the stream of a run is being read. */
  isLive(): boolean
  start(asked: AskedRun): void
  /** Shows what has been read of the open run, without waiting for its frame. */
  flush(): void
  /** Stops what is open, or gives up what waits. Says whether there was either. */
  stop(): boolean
  /** Waits for no rate limit any more: the run that was refused has failed. */
  giveUp(): void
  /** Gives up what waits unless it is this run, the one that the record has open. Says whether anything was given up. */
  readonly giveUpUnless: (openRunId: string | undefined) => boolean
  /** Gives up, and reads no further. */
  leave(): void
  /** Leaves without another word of what waits. */
  drop(): void
  /** Drops, and tells the server of no stop any more. */
  dispose(): void
}

interface Waiting {
  readonly asked: AskedRun
  readonly finish: () => void
}

/** No attempt at anything yet. */
export function createRunAttempts(setup: RunAttemptsSetup): RunAttempts {
  let live: LiveRun | null = null
  let waiting: Waiting | null = null
  let leaveGate: (() => void) | null = null
  const { random } = setup.rateLimit
  const disposing = new AbortController()
  const stops = { transport: setup.transport, signal: disposing.signal, random }

  function requestOf({ turn: { input, runs } }: AskedRun): RunRequest {
    const runId = runs.at(-1)?.id ?? ''
    return { runId, agentId: setup.agentId, threadRef: setup.record.current.threadRef, input }
  }

  /** `tries` counts how often this run was asked again by itself. */
  function attempt(asked: AskedRun, tries: number): void {
    live = attachRun({
      ...setup,
      ...asked,
      request: requestOf(asked),
      random,
      tellStop: (run) => void tellStop(run, stops),
      onOpen: passGate,
      settle(end, isEnded) {
        if (isEnded) live = null // a quiet run is still read on
        passGate()
        asked.settle(end, isEnded)
      },
      keep(run, finish) {
        passGate()
        const waits = { asked, finish }
        leaveGate = waitForLimit(run.error, tries, setup.rateLimit, () => {
          const mayAsk = takeWritingAgain(setup.tabs, setup.record, run.id)
          if (typeof mayAsk === 'boolean') askAgain(waits, tries + 1, mayAsk)
          else void mayAsk.then((isTaken) => askAgain(waits, tries + 1, isTaken))
        })
        if (leaveGate === null) return false
        live = null
        waiting = waits
        setup.tabs.release()
        return true
      },
    })
  }

  function askAgain(waits: Waiting, tries: number, mayAsk: boolean): void {
    if (waiting !== waits) return // given up meanwhile
    if (!mayAsk) {
      giveUp()
      return setup.onTaken()
    }
    setup.setState(({ turns }) => ({
      turns: replaceRun(turns, emptyRun(requestOf(waits.asked).runId)), // nothing ran: it is the same one
      status: 'submitted',
      activity: 'connecting',
      error: null,
    }))
    if (waiting !== waits) return // by whoever saw that
    waiting = null
    attempt(waits.asked, tries)
  }

  function passGate(): void {
    const pass = leaveGate
    leaveGate = null
    pass?.()
  }

  function giveUp(): void {
    const given = waiting
    if (given === null) return
    waiting = null
    passGate()
    given.finish()
  }

  function leave(): void {
    giveUp()
    live?.leave()
    live = null
    passGate()
  }

  function drop(): void {
    waiting?.asked.settle('failed', true)
    waiting = null
    leave()
  }

  return {
    isLive: () => live !== null,
    start: (asked) => attempt(asked, 0),
    flush: () => live?.flush(),
    stop() {
      if (live === null && waiting === null) return false
      live?.stop()
      giveUp()
      return true
    },
    giveUp,
    giveUpUnless(openRunId) {
      if (waiting === null || requestOf(waiting.asked).runId === openRunId) return false
      giveUp()
      return true
    },
    leave,
    drop,
    dispose() {
      drop()
      disposing.abort()
    },
  }
}
