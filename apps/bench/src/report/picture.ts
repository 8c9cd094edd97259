import { runScenarios } from '../scenarios.ts'
import type { Results } from '../results.ts'
import { decimal, times } from './format.ts'
import { ratioTo, rowsOf } from './rows.ts'

interface Bar {
  readonly label: string
  /** Null for one that did not finish. */
  readonly value: number | null
  readonly isOurs: boolean
}

interface Panel {
  readonly title: string
  readonly unit: string
  readonly bars: readonly Bar[]
  /** Where bars are cut off: the longest would leave nothing of the others. */
  readonly most: number
  readonly show: (value: number) => string
}

const width = 900
const panelWidth = width / 2
const labelWidth = 172
const barLength = 200
const lineHeight = 20

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 13px; }
  .unit { fill: #59636e; font-size: 11px; }
  .ours { font-weight: 600; }
  .bar { fill: #b6bfc9; }
  .bar.ours { fill: #2f6feb; }
  .one { stroke: #59636e; stroke-dasharray: 2 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .unit { fill: #9198a1; }
    .bar { fill: #4b535d; }
    .bar.ours { fill: #58a6ff; }
    .one { stroke: #9198a1; }
  }`

/** The ratios of all scenarios and the bytes, as an SVG that is readable on light and dark pages. */
export function performancePicture(results: Results): string {
  const panels = panelsOf(results)
  const heights = panels.map(({ bars }) => 48 + bars.length * lineHeight)
  const rowHeights = [0, 2, 4].map((first) =>
    Math.max(0, heights[first] ?? 0, heights[first + 1] ?? 0),
  )
  const height = rowHeights.reduce((sum, one) => sum + one, 24)
  const drawn = panels.map((panel, index) => {
    const top = rowHeights.slice(0, Math.floor(index / 2)).reduce((sum, one) => sum + one, 12)
    return `<g transform="translate(${(index % 2) * panelWidth} ${top})">${draw(panel)}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Main thread time of each peer as a ratio, and bytes">
<style>${style}
</style>
${drawn.join('\n')}
</svg>
`
}

function panelsOf(results: Results): readonly Panel[] {
  const panels = ['A', 'B', 'C', 'D', 'E'].flatMap((name): readonly Panel[] => {
    const scenario = runScenarios.find((one) => one.name === name)
    const against = scenario?.against ?? 'limit-tree'
    const rows = rowsOf(results, name)
    if (rows.length === 0) return []
    const unit = {
      limit: 'main thread, × plain DOM with one text node',
      'limit-blocks': 'main thread, × plain DOM with a block a line',
      'limit-tree': 'main thread, × plain DOM that makes the tree of Fluokit',
    }[against]
    const bars = rows
      .filter(({ peer }) => peer.name !== against)
      .map((row) => ({
        label: row.peer.label,
        value: row.exact.length === 0 ? null : ratioTo(rows, row, against).median,
        isOurs: row.peer.page.startsWith('fluokit'),
      }))
    const title = scenario?.title ?? 'opening a thread of 1,000 messages'
    return [{ title: `${name}  ${title}`, unit, bars, most: name === 'D' ? 8 : 6, show: times }]
  })
  if (results.weights.length === 0) return panels
  const bars = results.weights
    .filter(({ name }) => !/^limit|^hook|^parts$/.test(name))
    .map(({ name, label, gzip }) => ({
      label: name === 'parts-query' ? 'Fluokit, every part' : (label.split(':')[0] ?? label),
      value: gzip / 1_000,
      isOurs: /^fluokit|^parts/.test(name),
    }))
  return [
    ...panels,
    {
      title: 'F  what the page loads beyond React',
      unit: 'kB, minified and gzipped',
      bars,
      most: 180,
      show: (value) => decimal(value, 1),
    },
  ]
}

function draw({ title, unit, bars, most, show }: Panel): string {
  const lines = bars.map(({ label, value, isOurs }, index) => {
    const y = 40 + index * lineHeight
    const ours = isOurs ? ' ours' : ''
    const length = (Math.min(value ?? most, most) / most) * barLength
    const isCut = value !== null && value > most
    const said = value === null ? 'did not finish' : `${show(value)}${isCut ? ' »' : ''}`
    const bar =
      value === null
        ? ''
        : `<rect class="bar${ours}" x="${labelWidth}" y="${y - 11}" width="${length.toFixed(1)}" height="14" rx="2"/>`
    const x = value === null ? labelWidth : labelWidth + length + 5
    return `<text class="label${ours}" x="${labelWidth - 6}" y="${y}" text-anchor="end">${label}</text>${bar}<text class="value${ours}" x="${x.toFixed(1)}" y="${y}">${said}</text>`
  })
  const bottom = 40 + bars.length * lineHeight - 14
  const one = labelWidth + barLength / most
  const rule = unit.startsWith('main')
    ? `<line class="one" x1="${one}" x2="${one}" y1="26" y2="${bottom}"/>`
    : ''
  return `<text class="title" x="12" y="4">${title}</text><text class="unit" x="12" y="20">${unit}</text>${lines.join('')}${rule}`
}
