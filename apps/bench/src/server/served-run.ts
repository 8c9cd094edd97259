import { performance } from 'node:perf_hooks'
import type { RunScenario } from '../scenarios.ts'
import { makeDeltas } from '../text/make-deltas.ts'

/** One answer that is to be served, and when each of its deltas was written. */
export interface ServedRun {
  readonly scenario: RunScenario
  readonly deltas: readonly string[]
  readonly text: string
  /** Milliseconds since the epoch, by this process's clock. */
  readonly sentAt: Float64Array
}

/** The answer of a scenario; every peer and every repeat gets the same text. */
export function createServedRun(scenario: RunScenario): ServedRun {
  const deltas = makeDeltas(scenario.deltas, {
    seed: scenario.name.charCodeAt(0),
    hasLines: scenario.hasLines,
  })
  return { scenario, deltas, text: deltas.join(''), sentAt: new Float64Array(deltas.length) }
}

/** The time of this process, to a fraction of a millisecond. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
