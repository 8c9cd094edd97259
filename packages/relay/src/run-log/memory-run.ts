import type { RunEnd } from '@fluokit/core/wire'
import { blockAfter, linesAfter, sizeOf, type Block } from './block.ts'
import type { EndedRun } from './ended-run.ts'
import type { RunFrame, RunPiece } from './run-log.ts'

/** About how many characters are joined into one block. */
const blockSize = 16 * 1024

/** The frames of one run in this process's memory. */
export interface MemoryRun {
  /** How many bytes the frames take at most: two for each character. */
  readonly size: number
  readonly readers: number
  append(frames: readonly string[]): void
  /** Ends it, for those who read it now; what is to be kept of it. */
  finish(end: RunEnd): EndedRun
  /** Drops the oldest frames, at least one block of them. False: there were none. */
  dropOldest(): boolean
  /** Null where the frames behind `after` are not all here. */
  read(after: number, signal: AbortSignal): AsyncIterable<RunPiece> | null
}

/** An open run without frames. `onReaders` is called when a reader has come or gone. */
export function createMemoryRun(onReaders: () => void): MemoryRun {
  const blocks: Block[] = []
  const waiting = new Set<() => void>()
  let tail: string[] = []
  let tailLength = 0
  let head = 0
  let dropped = 0
  let size = 0
  let readers = 0
  let end: RunEnd | null = null
  let tellOwner = onReaders

  function wake(): void {
    const woken = [...waiting]
    waiting.clear()
    for (const go of woken) go()
  }

  function closeBlock(): void {
    if (tail.length === 0) return
    blocks.push({ first: head - tail.length + 1, count: tail.length, text: tail.join('\n') })
    tail = []
    tailLength = 0
  }

  /** What stands behind a cursor: one block, or what is not joined yet. */
  function framesAfter(after: number): readonly RunFrame[] {
    const block = blockAfter(blocks, after)
    return block === undefined
      ? linesAfter(tail, head - tail.length + 1, after)
      : linesAfter(block.text.split('\n'), block.first, after)
  }

  /** What a reader gets next; null when there is nothing yet. */
  function pieceAfter(cursor: number): RunPiece | null {
    const frames = framesAfter(cursor)
    const isLast = (frames.at(-1)?.cursor ?? cursor) === head
    return frames.length === 0 && end === null ? null : { frames, end: isLast ? end : null }
  }

  /** Written by hand, for a generator would make several promises of each piece, for each reader of each run. */
  function createReader(after: number, signal: AbortSignal): AsyncIterableIterator<RunPiece> {
    let cursor = after
    let isHere = true
    let tell: (() => void) | null = null
    const leave = (): void => {
      if (!isHere) return
      isHere = false
      readers -= 1
      signal.removeEventListener('abort', leave)
      waiting.delete(wakeUp)
      tellOwner()
      wakeUp()
    }
    const wakeUp = (): void => {
      const told = tell
      tell = null
      told?.()
    }
    const take = (): IteratorResult<RunPiece> | null => {
      if (!isHere) return { done: true, value: undefined }
      if (cursor < dropped) throw new Error('The reader fell behind what the run log keeps.')
      const piece = pieceAfter(cursor)
      if (piece === null) return null
      cursor = piece.frames.at(-1)?.cursor ?? cursor
      if (piece.end !== null) leave()
      return { done: false, value: piece }
    }

    readers += 1 // a reader counts from now until it leaves, whether it has begun to read or not
    tellOwner()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
    return {
      [Symbol.asyncIterator]() {
        return this
      },
      async next() {
        const ready = take()
        if (ready !== null) return ready
        await new Promise<void>((resolve) => {
          tell = resolve
          waiting.add(wakeUp)
        })
        return take() ?? { done: true, value: undefined }
      },
      async return() {
        leave()
        return { done: true, value: undefined }
      },
    }
  }

  return {
    get size() {
      return size
    },
    get readers() {
      return readers
    },
    append(frames) {
      for (const frame of frames) {
        tail.push(frame)
        tailLength += frame.length
        size += 2 * frame.length
        head += 1
        if (tailLength >= blockSize) closeBlock()
      }
      wake()
    },
    finish(how) {
      end = how
      tellOwner = ignore
      closeBlock()
      wake()
      return { blocks: [...blocks], head, end }
    },
    dropOldest() {
      if (blocks.length === 0) closeBlock()
      const block = blocks.shift()
      if (block === undefined) return false
      size -= sizeOf(block)
      dropped += block.count
      return true
    },
    read(after, signal) {
      if (after < dropped || after > head) return null
      return createReader(after, signal)
    },
  }
}

function ignore(): void {
  // Nobody wants to know any more.
}
