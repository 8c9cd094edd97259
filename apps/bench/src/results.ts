import type { Sample } from './measure/sample.ts'
import type { Weight } from './size/weigh-pages.ts'

/** Everything that one run of the bench found. */
export interface Results {
  readonly machine: Machine
  /** What was measured, by package name. */
  readonly versions: Readonly<Record<string, string>>
  /** Milliseconds of main thread a second that the harness itself costs on an idle page. */
  readonly floor: number
  /** The machine's one-minute load average before each scenario of each run: what else ran. */
  readonly loads: readonly number[]
  readonly samples: readonly Sample[]
  readonly weights: readonly Weight[]
}

/** Where it was measured. */
export interface Machine {
  readonly date: string
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGb: number
  readonly chromium: string
  readonly node: string
}
