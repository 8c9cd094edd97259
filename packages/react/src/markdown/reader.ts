import { findCut } from './find-cut.ts'
import { closes, fenceOf, openCode, type Fence } from './open-fence.ts'
import { mend } from './mend.ts'
import type { Block } from './nodes.ts'
import type { Reference } from './parse.ts'
import { append, endsBlank, readUnit, type Joint, type ReadUnit, type Unit } from './unit.ts'

/** Above this length a block that grows is read again only once it has grown by an eighth, in UTF-16 units. */
const longBlock = 20_000

/** How often a text that is there at once is read on behind something that was nested too deeply. */
const maxDeep = 8

/** A unit that cannot change any more, but for references that are defined later. */
interface SettledUnit extends Unit {
  blocks: readonly Block[]
}

/** Reads a text that grows. The same chunks give the same blocks, the very same where nothing has changed. */
export interface Reader {
  /** The blocks of the text; `isGrowing` while more of it is to come, which mends what is only half there. */
  read(chunks: readonly string[], isGrowing: boolean): readonly Block[]
}

/**
 * A reader for one text. Blocks that have ended are parsed once, and then never again, unless a reference that they
 * use is defined later; only the last one is parsed as it grows. Of lists and tables, the last item and the last rows.
 */
export function createReader(): Reader {
  let text = new GrowingText()
  let last: { chunks: readonly string[]; isGrowing: boolean; blocks: readonly Block[] } | null =
    null
  return {
    read(chunks, isGrowing) {
      if (last?.chunks === chunks && last.isGrowing === isGrowing) return last.blocks
      if (last?.isGrowing === false || !text.goesOnWith(chunks)) text = new GrowingText()
      const blocks = text.read(chunks, isGrowing)
      last = { chunks, isGrowing, blocks }
      return blocks
    },
  }
}

interface OpenFence {
  readonly fence: Fence
  /** How many lines have been looked at for its end. */
  scanned: number
}

class GrowingText {
  #seen: readonly string[] = []
  #units: SettledUnit[] = []
  #settled: Block[] = []
  readonly #defined = new Map<string, Reference>()
  readonly #waiting = new Map<string, Set<SettledUnit>>()
  #open: string[] = []
  #joint: Joint | null = null
  #fence: OpenFence | null = null
  #long: { readonly length: number; readonly blocks: readonly Block[] } | null = null

  /** Whether what was read is the beginning of these chunks. */
  goesOnWith(chunks: readonly string[]): boolean {
    // Once a frame over every line of an answer: a call for each is felt.
    for (let index = 0; index < this.#seen.length; index += 1) {
      if (this.#seen[index] !== chunks[index]) return false
    }
    return true
  }

  read(chunks: readonly string[], isGrowing: boolean): readonly Block[] {
    const hasTail = chunks.length > 0 && chunks.at(-1)?.endsWith('\n') === false
    const closed = hasTail ? chunks.slice(0, -1) : chunks
    for (const chunk of closed.slice(this.#seen.length)) this.#open.push(...linesOf(chunk))
    this.#seen = closed
    const tail = chunks.slice(closed.length)
    return isGrowing ? this.#readGrowing(tail) : this.#readWhole(tail)
  }

  #readWhole(tail: readonly string[]): readonly Block[] {
    for (const chunk of tail) this.#open.push(...linesOf(`${chunk}\n`))
    for (let tries = 0; this.#open.length > 0; tries += 1) {
      const read = readUnit({ lines: this.#open, joint: this.#joint }, this.#defined)
      const isDeep = read.deepFrom !== null && tries < maxDeep
      const cut = isDeep ? findCut(read, this.#open, 0) : null
      this.#settle(cut?.at ?? this.#open.length, null, cut === null ? read : undefined)
    }
    return this.#settled
  }

  #readGrowing(tail: readonly string[]): readonly Block[] {
    for (;;) {
      const fence = this.#openFence()
      if (fence !== null) {
        const end = this.#endOfFence(fence)
        if (end === null) {
          return [...this.#settled, openCode(fence.fence, [...this.#open.slice(1), ...tail])]
        }
        this.#settle(end, null)
        continue
      }
      const all = [...this.#open, ...tail]
      const length = all.reduce((sum, line) => sum + line.length + 1, 0)
      if (this.#long !== null && length < this.#long.length * 1.125) return this.#long.blocks
      const lines = mend(all, tail.length > 0, this.#joint?.type === 'table')
      const unit = { lines, joint: this.#joint }
      const read = readUnit(unit, this.#defined)
      // What is mended may read as other blocks, so lines that have ended decide as they are.
      const isAsItIs = this.#open.every((line, index) => lines[index] === line)
      const decides = isAsItIs ? read : readUnit({ ...unit, lines: all }, this.#defined)
      const cut = findCut(decides, this.#open, this.#cells())
      if (cut === null) return this.#withOpen(blocksOf(unit, read), length)
      this.#settle(cut.at, cut.joint)
    }
  }

  #withOpen(open: readonly Block[], length: number): readonly Block[] {
    const blocks = [...this.#settled]
    append(blocks, open, this.#joint, this.#isGapBlank())
    this.#long = length > longBlock ? { length, blocks } : null
    return blocks
  }

  #isGapBlank(): boolean {
    const before = this.#units.at(-1)
    return before !== undefined && endsBlank(before)
  }

  /** How many cells the table has that may go on. */
  #cells(): number {
    const table = this.#settled.at(-1)
    return table?.type === 'table' ? table.rows.length * table.align.length : 0
  }

  #openFence(): OpenFence | null {
    if (this.#fence !== null || this.#joint !== null) return this.#fence
    const [first] = this.#open
    const fence = first === undefined ? null : fenceOf(first)
    if (fence !== null) this.#fence = { fence, scanned: 1 }
    return this.#fence
  }

  /** The line behind the end of a fence. Looks at each line once. */
  #endOfFence(open: OpenFence): number | null {
    while (open.scanned < this.#open.length) {
      const line = this.#open[open.scanned] ?? ''
      open.scanned += 1
      if (closes(line, open.fence)) return open.scanned
    }
    return null
  }

  /** The first lines of what is open cannot change any more: they are read for good. */
  #settle(count: number, joint: Joint | null, known?: ReadUnit): void {
    const isGapBlank = this.#isGapBlank()
    const unit: SettledUnit = { lines: this.#open.slice(0, count), joint: this.#joint, blocks: [] }
    const read = known ?? readUnit(unit, this.#defined)
    unit.blocks = blocksOf(unit, read)
    this.#units.push(unit)
    append(this.#settled, unit.blocks, unit.joint, isGapBlank)
    this.#open = this.#open.slice(count)
    this.#joint = joint
    this.#fence = null
    this.#long = null
    for (const label of read.missed) this.#wait(label, unit)
    this.#define(read.defined)
  }

  #wait(label: string, unit: SettledUnit): void {
    const units = this.#waiting.get(label) ?? new Set()
    units.add(unit)
    this.#waiting.set(label, units)
  }

  /** Reads those units again that have asked for a reference in vain. */
  #define(defined: ReadonlyMap<string, Reference>): void {
    const waiting = new Set<SettledUnit>()
    for (const [label, reference] of defined) {
      if (this.#defined.has(label)) continue
      this.#defined.set(label, reference)
      for (const unit of this.#waiting.get(label) ?? []) waiting.add(unit)
      this.#waiting.delete(label)
    }
    if (waiting.size === 0) return
    for (const unit of waiting) {
      const read = readUnit(unit, this.#defined)
      unit.blocks = blocksOf(unit, read).map((block, index) => sameOr(unit.blocks[index], block))
      for (const label of read.missed) this.#wait(label, unit)
    }
    this.#settled = []
    let before: Unit | undefined
    for (const unit of this.#units) {
      const isGapBlank = before !== undefined && endsBlank(before)
      append(this.#settled, unit.blocks, unit.joint, isGapBlank)
      before = unit
    }
  }
}

/** A block that was read again keeps its identity where it says what it said. */
function sameOr(before: Block | undefined, block: Block): Block {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(block) ? before : block
}

/** The blocks of a unit; from the first that is nested too deeply on, it is the text that it is. */
function blocksOf({ lines }: Unit, { placed, deepFrom }: ReadUnit): readonly Block[] {
  const blocks = placed.map(({ block }) => block)
  if (deepFrom === null) return blocks
  return [...blocks, { type: 'plain', text: lines.slice(deepFrom).join('\n') }]
}

/** The lines of a chunk that has ended; a lone carriage return ends one too. */
function linesOf(chunk: string): readonly string[] {
  return chunk.replace(/\r?\n$/, '').split('\r')
}
