import type { Results } from '../results.ts'
import { decimal, table, times } from './format.ts'
import { figureOf, ratioTo, rowsOf, type Figure, type Row } from './rows.ts'

/** One thing that Fluokit is to reach, and what it came to. */
export interface Goal {
  readonly scenario: string
  readonly text: string
  readonly measured: number
  readonly limit: number
  readonly show: (value: number) => string
}

/** The goals of the scenarios that were measured. */
export function goalsOf(results: Results): readonly Goal[] {
  const goals: Goal[] = []
  const ms = (value: number): string => `${decimal(value)} ms`
  const count = (value: number): string => decimal(value)
  const kilobytes = (value: number): string => `${decimal(value / 1_000, 1)} kB`

  function inScenario(
    scenario: string,
    add: (tools: {
      ratio: (text: string, other: string, limit: number) => void
      figure: (text: string, figure: Figure, limit: number, show: Goal['show']) => void
      rows: readonly Row[]
      row: Row
    }) => void,
  ): void {
    const rows = rowsOf(results, scenario)
    const row = rows.find(({ peer }) => peer.name === 'fluokit')
    if (row === undefined) return
    add({
      rows,
      row,
      ratio: (text, other, limit) =>
        goals.push({
          scenario,
          text,
          measured: ratioTo(rows, row, other).median,
          limit,
          show: times,
        }),
      figure: (text, figure, limit, show) =>
        goals.push({ scenario, text, measured: figureOf(row, figure).median, limit, show }),
    })
  }

  inScenario('A', ({ ratio, figure }) => {
    ratio('main thread, against one text node', 'limit', 1.5)
    figure('longest task', 'longestTask', 50, (value) => (value < 50 ? 'under 50 ms' : ms(value)))
    figure('most commits in one frame', 'commitsAFrame', 1, count)
  })
  inScenario('B', ({ ratio, figure }) => {
    ratio('main thread, against one text node', 'limit', 1.2)
    figure('settled rows rendered', 'settledRenders', 0, count)
  })
  inScenario('C', ({ ratio, figure }) => {
    ratio('main thread, against a block a line', 'limit-blocks', 1.05)
    figure('frames over 25 ms', 'longFrames', 0, count)
    figure('lag p50: one frame', 'lagP50', 17, ms)
  })
  inScenario('D', ({ ratio, rows }) => {
    ratio('main thread, against its own tree', 'limit-tree', 1.2)
    const virtual = rows.find(({ peer }) => peer.name === 'fluokit-virtual')
    if (virtual === undefined) return
    goals.push({
      scenario: 'D',
      text: 'main thread of the virtual list, against the whole tree',
      measured: ratioTo(rows, virtual, 'limit-tree').median,
      limit: 0.3,
      show: times,
    })
  })
  inScenario('E', ({ ratio, figure, rows, row }) => {
    ratio('main thread, against a block a line', 'limit-blocks', 1.15)
    const growth = ratioTo(rows, row, 'limit-blocks', ({ firstTenth, lastTenth }) =>
      firstTenth === null || lastTenth === null ? null : lastTenth / firstTenth,
    )
    goals.push({
      scenario: 'E',
      text: 'growth of the cost a delta, against a block a line',
      measured: growth.median,
      limit: 1.1,
      show: times,
    })
    figure('frames over 25 ms', 'longFrames', 0, count)
    figure('lag p95', 'lagP95', 25, ms)
    figure('heap after', 'heap', 2_000_000, kilobytes)
  })
  const limits = { hook: 9_000, 'hook-query': 18_000, parts: 22_000, 'parts-query': 33_000 }
  for (const { name, label, gzip } of results.weights) {
    const limit = Object.entries(limits).find(([known]) => known === name)?.[1]
    if (limit === undefined) continue
    goals.push({ scenario: 'F', text: label, measured: gzip, limit, show: kilobytes })
  }
  return goals
}

/** Whether a goal is reached. */
export function isMet({ measured, limit }: Goal): boolean {
  return measured <= limit
}

/** The goals as a table. */
export function goalTable(results: Results): string {
  return table(
    ['', 'Fluokit', 'goal', 'reached'],
    goalsOf(results).map((goal) => [
      `${goal.scenario}: ${goal.text}`,
      goal.show(goal.measured),
      `at most ${goal.show(goal.limit)}`,
      isMet(goal) ? 'yes' : '**no**',
    ]),
  )
}
