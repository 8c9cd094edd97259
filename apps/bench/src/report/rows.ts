import type { Sample } from '../measure/sample.ts'
import { peers, sameTree, virtual, type Peer } from '../peers.ts'
import type { Results } from '../results.ts'
import { ratioOf, spreadOf, type Spread } from '../statistics.ts'

/** A figure of a sample. */
export type Figure = {
  [Name in keyof Sample]: Sample[Name] extends number | null ? Name : never
}[keyof Sample]

/** All repeats of one peer in one scenario. */
export interface Row {
  readonly peer: Peer
  readonly samples: readonly Sample[]
  /** Those that were exact; only they count. */
  readonly exact: readonly Sample[]
}

/** The rows of a scenario, in the order of the peers; peers that were not measured have none. */
export function rowsOf({ samples }: Results, scenario: string): readonly Row[] {
  return [...peers, virtual, sameTree].flatMap((peer) => {
    const own = samples.filter((one) => one.scenario === scenario && one.peer === peer.name)
    if (own.length === 0) return []
    return [{ peer, samples: own, exact: own.filter(({ failure }) => failure === null) }]
  })
}

/** The spread of a figure over a row's exact repeats. */
export function figureOf(row: Row, figure: Figure): Spread {
  return spreadOf(row.exact.map((sample) => sample[figure] ?? NaN))
}

/** The spread of a row's figure over that of another peer, run by run. */
export function ratioTo(
  rows: readonly Row[],
  row: Row,
  other: string,
  figure: (sample: Sample) => number | null = ({ task }) => task,
): Spread {
  const theirs = rows.find(({ peer }) => peer.name === other)
  const byRun = (from: Row | undefined): readonly (number | null)[] => {
    const values: (number | null)[] = []
    for (const sample of from?.exact ?? []) values[sample.run] = figure(sample)
    return Array.from(values, (value) => value ?? null)
  }
  return ratioOf(byRun(row), byRun(theirs))
}
