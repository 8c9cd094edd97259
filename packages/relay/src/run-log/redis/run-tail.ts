import type { RunEnd } from '@fluokit/core/wire'
import type { RunFrame, RunPiece } from '../run-log.ts'

/** The newest frames of a run, for readers that have read everything before them. */
export interface RunTail {
  /** The cursor of the newest frame that is known. */
  readonly last: number
  readonly end: RunEnd | null
  /** Adds what was found behind a cursor. False: all of it was known. */
  add(after: number, piece: RunPiece): boolean
  /** What stands behind a cursor; null where it has to be read from Redis. */
  after(cursor: number): RunPiece | null
}

/** About how many characters wait for readers that are a little slower than the run. */
const tailLength = 16 * 1024

/** A tail of which nothing is known. */
export function createRunTail(): RunTail {
  let frames: RunFrame[] = []
  let length = 0
  let last = 0
  let end: RunEnd | null = null

  function forget(): void {
    frames = []
    length = 0
  }

  return {
    get last() {
      return last
    },
    get end() {
      return end
    },
    add(after, piece) {
      const before = last
      const isFirstEnd = end === null && piece.end !== null
      if (after > last) {
        forget()
        last = after
      }
      const next = piece.frames.filter(({ cursor }) => cursor > last)
      // Not behind what is added: readers that wait for that come a moment later.
      if (next.length > 0 && length > tailLength) forget()
      for (const frame of next) {
        frames.push(frame)
        length += frame.frame.length
        last = frame.cursor
      }
      end ??= piece.end
      return last > before || isFirstEnd
    },
    after(cursor) {
      const first = last - frames.length
      if (cursor < first || cursor > last) return null
      return { frames: frames.slice(cursor - first), end }
    },
  }
}
