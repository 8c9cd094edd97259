import type { RunFrame } from './run-log.ts'

/** Frames that follow each other, joined by line ends: JSON on one line has none, and many small strings cost several times their text. */
export interface Block {
  /** The cursor of the first of them. */
  readonly first: number
  readonly count: number
  readonly text: string
}

/** Those of the lines behind a cursor, of which the first has the cursor `first`. */
export function linesAfter(lines: readonly string[], first: number, after: number): RunFrame[] {
  const skipped = Math.max(0, after + 1 - first)
  return lines.slice(skipped).map((frame, index) => ({ cursor: first + skipped + index, frame }))
}

/** The block in which the frame behind a cursor stands, if one has it. */
export function blockAfter(blocks: readonly Block[], after: number): Block | undefined {
  return blocks.find(({ first, count }) => first + count - 1 > after)
}

/** How many bytes the text of a block takes at most: two for each character. */
export function sizeOf({ text, count }: Block): number {
  return 2 * (text.length - (count - 1))
}
