import { runScenarios, storedMessages } from '../scenarios.ts'
import type { Results } from '../results.ts'
import { decimal, range, table, times } from './format.ts'
import { figureOf, ratioTo, rowsOf, type Figure, type Row } from './rows.ts'

type Column = readonly [head: string, cell: (row: Row, rows: readonly Row[]) => string]

const of =
  (figure: Figure, digits = 0, divisor = 1): Column[1] =>
  (row) =>
    decimal(figureOf(row, figure).median / divisor, digits)

const against =
  (other: string): Column[1] =>
  (row, rows) => {
    const ratio = ratioTo(rows, row, other)
    if (!Number.isFinite(ratio.median) || row.peer.name === other) return times(ratio.median)
    return `${times(ratio.median)} (${range(ratio, ratio.max < 10 ? 2 : 0)})`
  }

const mainThread: Column = ['main thread, ms', of('task')]
const spread: Column = ['spread', (row) => range(figureOf(row, 'task'))]
const node: Column = ['× one node', against('limit')]
const blocks: Column = ['× blocks', against('limit-blocks')]
const wall: Column = ['wall, ms', of('wall')]
const longest: Column = [
  'longest task, ms',
  (row) => {
    const { median } = figureOf(row, 'longestTask')
    return median === 0 ? '<50' : decimal(median)
  },
]
const frames: Column = ['frames', of('frames')]
const longFrames: Column = ['frames >25 ms', of('longFrames')]
const worstGap: Column = ['worst gap, ms', of('worstGap')]
const lag50: Column = ['lag p50, ms', of('lagP50')]
const lag95: Column = ['lag p95, ms', of('lagP95')]
const layout: Column = ['layout and style, ms', of('layout')]
const commits: Column = ['commits', of('commits')]
const most: Column = ['most a frame', of('commitsAFrame')]
const settled: Column = ['settled rows rendered', of('settledRenders')]
const heap: Column = ['heap after, kB', of('heap', 0, 1_000)]
const first: Column = ['µs a delta, first tenth', of('firstTenth')]
const last: Column = ['last tenth', of('lastTenth')]
const growth: Column = [
  'growth',
  (row) => times(figureOf(row, 'lastTenth').median / figureOf(row, 'firstTenth').median),
]
const text: Column = [
  'text',
  ({ samples, exact }) => {
    const failed = samples.find(({ failure }) => failure !== null)?.failure ?? null
    if (failed === null) return `exact ${exact.length}/${samples.length}`
    return `${exact.length}/${samples.length} exact: ${failed.slice(0, 90)}`
  },
]

const fast = [mainThread, spread, node, blocks, wall, longest, frames]
const paced = [mainThread, spread, blocks, node, longest, longFrames, worstGap, lag50, lag95]
const long = [...paced, first, last, growth, layout, commits, heap, text]
const columns: Readonly<Record<string, readonly Column[]>> = {
  A: [...fast, layout, commits, most, heap, text],
  B: [...fast, layout, commits, most, settled, heap, text],
  C: [...paced, frames, layout, commits, settled, heap, text],
  D: [
    mainThread,
    spread,
    ["× Fluokit's own tree", against('limit-tree')],
    node,
    ['to the frame that shows it, ms', of('wall')],
    layout,
    ['rows rendered', of('rowRenders')],
    ['heap after, MB', of('heap', 1, 1_000_000)],
    text,
  ],
  E: long,
  P: long,
}

/** The heading of a scenario. */
export function titleOf(name: string): string {
  if (name === 'D') return `opening a thread of ${decimal(storedMessages)} stored messages`
  if (name === 'F') return 'what a page loads beyond React'
  return runScenarios.find((scenario) => scenario.name === name)?.title ?? name
}

/** The table of one scenario, a row for each peer. */
export function scenarioTable(results: Results, name: string): string {
  if (name === 'F') return weightTable(results)
  const rows = rowsOf(results, name)
  const shown = columns[name] ?? []
  return table(
    ['', ...shown.map(([head]) => head)],
    rows.map((row) => [row.peer.label, ...shown.map(([, cell]) => cell(row, rows))]),
  )
}

function weightTable({ weights }: Results): string {
  return table(
    ['', 'gzip, kB', 'minified, kB'],
    weights.map(({ label, gzip, minified }) => [
      label,
      decimal(gzip / 1_000, 1),
      decimal(minified / 1_000, 1),
    ]),
  )
}
