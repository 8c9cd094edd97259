import type { Block } from './nodes.ts'
import { parse, type Reference } from './parse.ts'
import { isBlank, readBlocks, type PlacedBlock } from './read-blocks.ts'

/** What the first block of a text goes on with, where the text was cut inside of a list or a table. */
export type Joint =
  | { readonly type: 'list'; readonly mark: string }
  | { readonly type: 'table'; readonly columns: number }

/** Lines that are read by themselves: whole blocks, or the items and rows that a joint adds to the block before. */
export interface Unit {
  readonly lines: readonly string[]
  readonly joint: Joint | null
}

/** What is read of a unit. Lines are counted from its beginning. */
export interface ReadUnit {
  readonly placed: readonly PlacedBlock[]
  /** The line of the first block that is nested too deeply, which is not among them, nor are those behind it. */
  readonly deepFrom: number | null
  readonly defined: ReadonlyMap<string, Reference>
  readonly missed: ReadonlySet<string>
}

/** Reads a unit, with the references that are known elsewhere. */
export function readUnit({ lines, joint }: Unit, known: ReadonlyMap<string, Reference>): ReadUnit {
  const before = joint === null ? [] : linesBefore(joint)
  const all = [...before, ...lines]
  const { tokens, defined, missed } = parse(`${all.join('\n')}\n`, known)
  const { placed, deepFrom } = readBlocks(tokens, all)
  return {
    placed: placed.map((block) => withoutBefore(block, before.length)),
    deepFrom: deepFrom === null ? null : Math.max(0, deepFrom - before.length),
    defined,
    missed,
  }
}

/** A first item or a head for what goes on with a list or a table, so that it is read as it is where it stands. */
function linesBefore(joint: Joint): readonly string[] {
  if (joint.type === 'table') return ['|x'.repeat(joint.columns), '|-'.repeat(joint.columns)]
  // Set in as far as may be: whatever is no content of this item is none of the item that stands there.
  return [/[.)]/.test(joint.mark) ? `   1${joint.mark}    x` : `   ${joint.mark}    x`]
}

function withoutBefore(placed: PlacedBlock, count: number): PlacedBlock {
  if (count === 0) return placed
  const { block, from, to, pieces } = placed
  const moved = {
    ...placed,
    from: Math.max(0, from - count),
    to: to - count,
    pieces: pieces.filter((line) => line >= count).map((line) => line - count),
  }
  if (from >= count || block.type !== 'list') return moved
  return { ...moved, block: { ...block, items: block.items.slice(1) } }
}

/** Puts the blocks of another unit behind those that are there; a joint makes one of the two that meet. */
export function append(
  blocks: Block[],
  next: readonly Block[],
  joint: Joint | null,
  isGapBlank: boolean,
): void {
  const [first, ...rest] = next
  const met = joint === null || first === undefined ? null : meet(blocks.at(-1), first, isGapBlank)
  if (met === null) {
    for (const block of next) blocks.push(block)
    return
  }
  blocks[blocks.length - 1] = met
  for (const block of rest) blocks.push(block)
}

/** The list or table that goes on with another; null where the two are not of one kind. */
function meet(last: Block | undefined, first: Block, isGapBlank: boolean): Block | null {
  if (last?.type === 'list' && first.type === 'list') {
    if (first.items.length === 0) return last
    const isLoose = last.isLoose || first.isLoose || isGapBlank
    return { ...last, isLoose, items: [...last.items, ...first.items] }
  }
  if (last?.type === 'table' && first.type === 'table') {
    return { ...last, rows: [...last.rows, ...first.rows] }
  }
  return null
}

/** Whether a unit ends with a blank line behind something. */
export function endsBlank({ lines }: Unit): boolean {
  return lines.length > 1 && isBlank(lines.at(-1))
}
