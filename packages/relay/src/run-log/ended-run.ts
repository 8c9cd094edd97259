import type { RunEnd } from '@fluokit/core/wire'
import { blockAfter, linesAfter, sizeOf, type Block } from './block.ts'
import type { RunPiece } from './run-log.ts'

/** What is kept of a run that is over: data, for there may be many. */
export interface EndedRun {
  readonly blocks: readonly Block[]
  /** The cursor of its last frame; 0 if there was none. */
  readonly head: number
  readonly end: RunEnd
}

/** What an ended run takes besides its text, in bytes, about. */
const overhead = 500

export function sizeOfEnded({ blocks }: EndedRun): number {
  return blocks.reduce((size, block) => size + sizeOf(block), overhead)
}

/** The frames behind a cursor and the end; null where they are not all there any more, or a cursor lies ahead. */
export function readEnded(
  run: EndedRun,
  after: number,
  signal: AbortSignal,
): AsyncIterable<RunPiece> | null {
  const { blocks, head } = run
  const kept = blocks[0]?.first ?? head + 1
  return after > head || after + 1 < kept ? null : pieces(run, after, signal)
}

async function* pieces(
  { blocks, end }: EndedRun,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunPiece> {
  let cursor = after
  for (let block = blockAfter(blocks, cursor); block !== undefined && !signal.aborted;) {
    const frames = linesAfter(block.text.split('\n'), block.first, cursor)
    cursor = block.first + block.count - 1
    block = blockAfter(blocks, cursor)
    yield { frames, end: block === undefined ? end : null }
    if (block === undefined) return
  }
  if (!signal.aborted) yield { frames: [], end }
}
