import type { ReadableStore } from '@fluokit/core'
import { createStore } from 'zustand/vanilla'
import { aborted, scheduleTimeout, sleep, type Schedule } from './sleep.ts'

/** How far the run that started last has come: steps played, of all its steps. */
export interface PlayerPosition {
  readonly index: number
  readonly of: number
}

/** The controls of a scripted transport, for tests and stories. */
export interface Player {
  /** Plays on from here. */
  play(): void
  /** Holds before the next step; a wait that is interrupted so begins again on `play()`. */
  pause(): void
  /** Pauses and plays exactly one step; a wait is over at once. Called before a run starts, it counts for that run. */
  step(): void
  /** Makes waits shorter by this factor; one that is under way begins again. `Infinity` leaves them out. */
  setSpeed(factor: number): void
  /** Readable with zustand's own `useStore`. */
  readonly position: ReadableStore<PlayerPosition>
}

/** What a scripted run asks its player for. */
export interface Pace {
  /** A run of this many steps begins. */
  begin(steps: number): void
  /** Resolves when the next step may be played, or when the signal aborts. */
  next(signal: AbortSignal): Promise<'playing' | 'by-hand'>
  /** Resolves after a wait, when it is stepped over, or when the signal aborts. */
  wait(waitMs: number, signal: AbortSignal): Promise<void>
  /** A step has been played. */
  advance(): void
  /** The run is over: steps that were asked for and not played are forgotten. */
  end(): void
}

/** A player and the pace it sets. Steps asked for by hand are counted, so that two calls play two steps. */
export function createPlayer(options: {
  readonly startPaused?: boolean
  readonly speed?: number
  readonly schedule?: Schedule
}): { readonly player: Player; readonly pace: Pace } {
  const { schedule = scheduleTimeout } = options
  const position = createStore<PlayerPosition>()(() => ({ index: 0, of: 0 }))
  let isPlaying = options.startPaused !== true
  let speed = options.speed ?? 1
  let asked = 0
  let changes = new AbortController()
  const change = (): void => {
    const before = changes
    changes = new AbortController()
    before.abort()
  }
  const next = async (signal: AbortSignal): Promise<'playing' | 'by-hand'> => {
    while (!signal.aborted && !isPlaying && asked === 0) {
      await aborted(AbortSignal.any([signal, changes.signal]))
    }
    if (isPlaying || signal.aborted) return 'playing'
    asked -= 1
    return 'by-hand'
  }

  return {
    player: {
      play() {
        if (isPlaying) return
        isPlaying = true
        asked = 0
        change()
      },
      pause() {
        isPlaying = false
        change()
      },
      step() {
        isPlaying = false
        asked += 1
        change()
      },
      setSpeed(factor) {
        speed = factor
        change()
      },
      position,
    },
    pace: {
      begin: (steps) => position.setState({ index: 0, of: steps }),
      next,
      async wait(waitMs, signal) {
        for (;;) {
          const changed = changes.signal
          await sleep(waitMs / speed, AbortSignal.any([signal, changed]), schedule)
          if (signal.aborted || !changed.aborted) return
          if ((await next(signal)) === 'by-hand') return
        }
      },
      advance: () => position.setState(({ index, of }) => ({ index: index + 1, of })),
      end: () => (asked = 0),
    },
  }
}
