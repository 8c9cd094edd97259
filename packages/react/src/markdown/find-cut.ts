import { isBlank, type PlacedBlock, type ReadText } from './read-blocks.ts'
import type { Joint } from './unit.ts'

/** How many lines of what is open cannot change any more, and what goes on behind them. */
export interface Cut {
  readonly at: number
  readonly joint: Joint | null
}

/** A table is read row by row up to this many columns and cells: beyond, as one block, with the parser's own limits. */
const maxColumns = 32
const maxCells = 50_000

/**
 * Where what is open can be cut: before the last block that a line begins which has ended itself, or before the last item of a list, the
 * last row of a table. `lines` are those that have ended: what may still grow decides nothing.
 */
export function findCut(
  { placed, deepFrom }: ReadText,
  lines: readonly string[],
  cells: number,
): Cut | null {
  if (deepFrom !== null) {
    const at = deepFrom > 0 ? deepFrom : plainEnd(lines)
    return at === null ? null : { at, joint: null }
  }
  return cutInside(placed, lines, cells) ?? cutBehind(placed, lines) ?? cutBefore(placed, lines)
}

/** Inside of a list or a table that is the last block. */
function cutInside(
  placed: readonly PlacedBlock[],
  lines: readonly string[],
  cells: number,
): Cut | null {
  const last = placed.at(-1)
  if (last === undefined) return null
  const { block, pieces, mark } = last
  const at = pieces.findLast((line) => line < lines.length)
  if (at === undefined || at === 0 || pieces[0] === at) return null
  if (block.type === 'list') return { at, joint: { type: 'list', mark } }
  if (block.type !== 'table') return null
  const columns = block.align.length
  const isLarge = columns > maxColumns || cells + columns * block.rows.length > maxCells
  return isLarge || at < last.from + 3 ? null : { at, joint: { type: 'table', columns } }
}

/** Behind blank lines, which end every block but lists and code that is set in. */
function cutBehind(placed: readonly PlacedBlock[], lines: readonly string[]): Cut | null {
  const blank = lines.findLastIndex(isBlank)
  if (blank === -1) return null
  const before = placed.findLast(({ from }) => from <= blank)
  const goesOn = before?.block.type === 'list' || before?.block.type === 'code'
  return goesOn || (before?.to ?? 0) > blank ? null : { at: blank + 1, joint: null }
}

/** Before the last block, together with the definitions that stand right above it. */
function cutBefore(placed: readonly PlacedBlock[], lines: readonly string[]): Cut | null {
  for (let index = placed.length - 1; index > 0; index -= 1) {
    const next = placed[index]
    const before = placed[index - 1]
    if (next === undefined || before === undefined) return null
    if (mayBelongTo(before, next, lines)) continue
    // The second line of a table makes it one.
    if (next.from + (next.block.type === 'table' ? 1 : 0) >= lines.length) continue
    let at = next.from
    while (at > before.to && !isBlank(lines[at - 1])) at -= 1
    return at === 0 ? null : { at, joint: null }
  }
  return null
}

/** Whether words right behind a quote or a list may turn out to be the title of a definition inside of it. */
function mayBelongTo(
  before: PlacedBlock,
  { block, from }: PlacedBlock,
  lines: readonly string[],
): boolean {
  if (before.block.type !== 'quote' && before.block.type !== 'list') return false
  if (from === 0 || isBlank(lines[from - 1])) return false
  return block.type === 'paragraph' || block.type === 'heading' || block.type === 'table'
}

/**
 * Where something ends that is shown as plain text, because it is nested too deeply: before a line at the margin that begins with a word,
 * behind a blank one.
 */
function plainEnd(lines: readonly string[]): number | null {
  const at = lines.findIndex(
    (line, index) => index > 0 && isBlank(lines[index - 1]) && /^[\p{L}#]/u.test(line),
  )
  return at === -1 ? null : at
}
