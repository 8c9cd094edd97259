/** The name of a scenario that streams one answer. */
export type RunName = 'A' | 'B' | 'C' | 'E' | 'P'

/** Every scenario: `D` opens a thread, `F` weighs what a page loads. */
export type ScenarioName = RunName | 'D' | 'F'

/** One answer as every peer is served it, each in its own protocol. */
export interface RunScenario {
  readonly name: RunName
  readonly title: string
  /** How many deltas the answer is made of; four UTF-16 units each on average. */
  readonly deltas: number
  /** Deltas a second; null writes as fast as the connection takes them. */
  readonly perSecond: number | null
  /** How many messages stand in the thread before the question, questions and answers in turn. */
  readonly earlier: number
  /** Whether the answer has line ends: of about 360 units a paragraph, some of them short lines. */
  readonly hasLines: boolean
  /** After this long a measurement counts as failed. */
  readonly limitMs: number
  /** The limit that ratios are told against first. */
  readonly against: 'limit' | 'limit-blocks'
}

/** How many stored messages scenario D opens. */
export const storedMessages = 1_000

export const runScenarios: readonly RunScenario[] = [
  {
    name: 'A',
    title: '5,000 deltas at full speed, empty thread',
    deltas: 5_000,
    perSecond: null,
    earlier: 0,
    hasLines: true,
    limitMs: 45_000,
    against: 'limit',
  },
  {
    name: 'B',
    title: '5,000 deltas at full speed, under 500 messages',
    deltas: 5_000,
    perSecond: null,
    earlier: 500,
    hasLines: true,
    limitMs: 45_000,
    against: 'limit',
  },
  {
    name: 'C',
    title: '300 deltas a second for 10 s, under 200 messages',
    deltas: 3_000,
    perSecond: 300,
    earlier: 200,
    hasLines: true,
    limitMs: 30_000,
    against: 'limit-blocks',
  },
  {
    name: 'E',
    title: '50,000 deltas, 200 kB with line ends, at 5,000 a second',
    deltas: 50_000,
    perSecond: 5_000,
    earlier: 0,
    hasLines: true,
    limitMs: 60_000,
    against: 'limit-blocks',
  },
  {
    name: 'P',
    title: 'as E, in a single paragraph without a line end',
    deltas: 50_000,
    perSecond: 5_000,
    earlier: 0,
    hasLines: false,
    limitMs: 60_000,
    against: 'limit',
  },
]

/** All scenarios in the order in which they are measured. */
export const scenarioNames: readonly ScenarioName[] = ['F', 'A', 'B', 'D', 'C', 'E', 'P']

/** The scenario of a name; throws for one that streams nothing. */
export function runScenario(name: string): RunScenario {
  const found = runScenarios.find((scenario) => scenario.name === name)
  if (found === undefined) throw new Error(`There is no run ${name}.`)
  return found
}
