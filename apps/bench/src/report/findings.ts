import type { Results } from '../results.ts'
import { decimal, times } from './format.ts'
import { titleOf } from './scenario-table.ts'
import { figureOf, ratioTo, rowsOf, type Figure, type Row } from './rows.ts'

const isRival = ({ peer }: Row): boolean =>
  peer.name !== 'fluokit' && !peer.name.startsWith('limit')

/** What one would use instead and what it costs beside Fluokit, a sentence a scenario: who is ahead, and by how much. */
export function findings(results: Results): readonly string[] {
  const sentences: string[] = []
  for (const scenario of ['A', 'B', 'C', 'D', 'E', 'P']) {
    const rows = rowsOf(results, scenario)
    const own = rows.find(({ peer }) => peer.name === 'fluokit')
    if (own === undefined || own.exact.length === 0) continue
    const others = rows.filter((row) => isRival(row) && row.exact.length > 0)
    const ratios = others
      .map((row) => ({ label: row.peer.label, ratio: ratioTo(rows, row, 'fluokit').median }))
      .sort((one, other) => one.ratio - other.ratio)
    const failed = rows.filter((row) => isRival(row) && row.exact.length === 0)
    const list = [
      ...ratios.map(({ label, ratio }) => `${label} ${times(ratio)}`),
      ...failed.map(({ peer }) => `${peer.label} did not finish`),
    ]
    const losses = lossesOf(own, others, scenario)
    sentences.push(
      `**${scenario}** (${titleOf(scenario)}): main thread of the others against Fluokit's: ${list.join(', ')}.${losses}`,
    )
  }
  return sentences
}

const compared: readonly (readonly [Figure, string, number])[] = [
  ['wall', 'time to the last character, ms', 1],
  ['longestTask', 'longest task, ms', 1],
  ['longFrames', 'frames over 25 ms', 1],
  ['lagP50', 'lag p50, ms', 1],
  ['lagP95', 'lag p95, ms', 1],
  ['heap', 'heap after, kB', 1_000],
]

/** Where somebody else is better by more than noise: a tenth, and one. */
function lossesOf(own: Row, others: readonly Row[], scenario: string): string {
  const losses = compared.flatMap(([figure, label, divisor]) => {
    const isPaced = scenario === 'C' || scenario === 'E' || scenario === 'P'
    if (figure === 'wall' && isPaced) return []
    const ours = figureOf(own, figure).median / divisor
    const better = others
      .map((row) => ({
        label: row.peer.label,
        value: figureOf(row, figure).median / divisor,
      }))
      .filter(({ value }) => value < ours * 0.9 && value < ours - 1)
      .sort((one, other) => one.value - other.value)
    if (better.length === 0) return []
    const named = better.map((one) => `${one.label} ${decimal(one.value)}`).join(', ')
    return [`${label}: Fluokit ${decimal(ours)}, ${named}`]
  })
  return losses.length === 0 ? '' : ` Ahead of Fluokit in ${losses.join('; ')}.`
}
