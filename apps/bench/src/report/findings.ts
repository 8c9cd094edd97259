import type { Results } from '../results.ts'
import { decimal, table, times } from './format.ts'
import { figureOf, ratioTo, rowsOf, type Figure, type Row } from './rows.ts'
import { titleOf } from './scenario-table.ts'

const streamed = ['A', 'B', 'C', 'D', 'E', 'P']

/** Main thread time of the others as a multiple of Fluokit's, a row each. Under one, they are ahead. */
export function comparisonTable(results: Results): string {
  const scenarios = streamed.flatMap((name) => {
    const rows = rowsOf(results, name)
    return rows.some(isOurs) ? [{ name, rows }] : []
  })
  const labels = new Set(
    scenarios.flatMap(({ rows }) => rows.filter(isRival).map(({ peer }) => peer.label)),
  )
  return table(
    ["main thread, × Fluokit's", ...scenarios.map(({ name }) => name)],
    [...labels].map((label) => [
      label,
      ...scenarios.map(({ rows }) => {
        const row = rows.find(({ peer }) => peer.label === label)
        if (row === undefined) return ''
        return row.exact.length === 0
          ? 'did not finish'
          : times(ratioTo(rows, row, 'fluokit').median)
      }),
    ]),
  )
}

/** Where somebody else is ahead of Fluokit by more than a tenth, a line for each scenario. */
export function losses(results: Results): readonly string[] {
  return streamed.flatMap((scenario) => {
    const rows = rowsOf(results, scenario)
    const own = rows.find(isOurs)
    if (own === undefined || own.exact.length === 0) return []
    const others = rows.filter((row) => isRival(row) && row.exact.length > 0)
    const found = compared
      .filter(([figure]) => figure !== 'wall' || !isPaced(scenario))
      .flatMap((one) => lossIn(own, others, one))
    if (found.length === 0) return []
    return [`**${scenario}**, ${titleOf(scenario)}: ${found.join('; ')}.`]
  })
}

type Compared = readonly [figure: Figure, label: string, divisor: number]

const compared: readonly Compared[] = [
  ['task', 'main thread, ms', 1],
  ['wall', 'time to the last character, ms', 1],
  ['longestTask', 'longest task, ms', 1],
  ['longFrames', 'frames over 25 ms', 1],
  ['lagP50', 'lag p50, ms', 1],
  ['lagP95', 'lag p95, ms', 1],
  ['heap', 'heap after, kB', 1_000],
]

function lossIn(own: Row, others: readonly Row[], [figure, label, divisor]: Compared): string[] {
  const ours = figureOf(own, figure).median / divisor
  const better = others
    .map((row) => ({ label: row.peer.label, value: figureOf(row, figure).median / divisor }))
    .filter(({ value }) => value < ours * 0.9 && value < ours - 1)
    .sort((one, other) => one.value - other.value)
  if (better.length === 0) return []
  const named = better.map((one) => `${one.label} ${decimal(one.value)}`)
  return [`${label}: ${decimal(ours)}, against ${named.join(', ')}`]
}

function isPaced(scenario: string): boolean {
  return scenario === 'C' || scenario === 'E' || scenario === 'P'
}

function isOurs({ peer }: Row): boolean {
  return peer.name === 'fluokit'
}

function isRival({ peer }: Row): boolean {
  return peer.name !== 'fluokit' && !peer.name.startsWith('limit')
}
