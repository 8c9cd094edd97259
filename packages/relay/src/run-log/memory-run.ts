import type { RunEnd } from '@fluokit/core/wire'
import type { RunFrame, RunPiece } from './run-log.ts'

/** About how many characters are joined into one string: many small ones cost several times their text. */
const blockSize = 16 * 1024

/** Frames that are joined by line ends; JSON on one line has none. */
interface Block {
  readonly first: number
  readonly count: number
  readonly text: string
}

/** The frames of one run in this process's memory. */
export interface MemoryRun {
  /** How many bytes the frames take at most: two for each character. */
  readonly size: number
  readonly readers: number
  readonly end: RunEnd | null
  append(frames: readonly string[]): void
  finish(end: RunEnd): void
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
    const block = blocks.find(({ first, count }) => first + count - 1 > after)
    const first = block?.first ?? head - tail.length + 1
    const lines = block?.text.split('\n') ?? tail
    return lines
      .slice(Math.max(0, after + 1 - first))
      .map((frame, index) => ({ cursor: Math.max(first, after + 1) + index, frame }))
  }

  async function* pieces(after: number, signal: AbortSignal): AsyncGenerator<RunPiece> {
    let cursor = after
    while (!signal.aborted) {
      if (cursor < dropped) throw new Error('The reader fell behind what the run log keeps.')
      const frames = framesAfter(cursor)
      cursor = frames.at(-1)?.cursor ?? cursor
      const ended = cursor < head ? null : end
      if (frames.length === 0 && ended === null) await news(signal)
      else yield { frames, end: ended }
      if (ended !== null) return
    }
  }

  function news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go)
        waiting.delete(go)
        resolve()
      }
      waiting.add(go)
      signal.addEventListener('abort', go, { once: true })
    })
  }

  return {
    get size() {
      return size
    },
    get readers() {
      return readers
    },
    get end() {
      return end
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
      end ??= how
      closeBlock()
      wake()
    },
    dropOldest() {
      if (blocks.length === 0) closeBlock()
      const block = blocks.shift()
      if (block === undefined) return false
      size -= 2 * (block.text.length - (block.count - 1))
      dropped += block.count
      return true
    },
    read(after, signal) {
      if (after < dropped || after > head) return null
      return joined(pieces(after, signal), signal)
    },
  }

  /** A reader counts from the moment it is given until it leaves, whether it has begun to read or not. */
  function joined(source: AsyncGenerator<RunPiece>, signal: AbortSignal): AsyncIterable<RunPiece> {
    let isHere = true
    const leave = (): void => {
      if (!isHere) return
      isHere = false
      readers -= 1
      signal.removeEventListener('abort', leave)
      onReaders()
    }
    readers += 1
    onReaders()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
    return {
      async *[Symbol.asyncIterator]() {
        try {
          yield* source
        } finally {
          leave()
        }
      },
    }
  }
}
