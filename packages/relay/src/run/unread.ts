/** A reader in the process that writes the run. */
export interface LocalReader {
  /** It has taken everything up to this cursor. */
  taken(cursor: number): void
  leave(): void
}

/** How far a run is ahead of its readers in this process. */
export interface Unread {
  /** How many readers there are. */
  readonly readers: number
  readonly join: () => LocalReader
  add(frames: readonly string[]): void
  /** Resolves when the fastest reader is near enough, and at once while there is none. */
  room(): Promise<void>
  /** Nobody waits any more. */
  close(): void
}

/**
 * Counts the characters that no reader here has taken yet; `most` of them may wait. What is written while nobody reads here
 * counts as taken: who comes later begins with what is written from then on.
 */
export function createUnread(most: number): Unread {
  const sizes = new Map<number, number>()
  let written = 0
  let taken = 0
  let waiting = 0
  let readers = 0
  let isClosed = false
  let wake: (() => void) | null = null

  const hasRoom = (): boolean => isClosed || readers === 0 || waiting <= most
  const look = (): void => {
    if (wake === null || !hasRoom()) return
    wake()
    wake = null
  }

  function forget(): void {
    sizes.clear()
    waiting = 0
    taken = written
  }

  return {
    get readers() {
      return readers
    },
    join() {
      let isHere = true
      readers += 1
      return {
        taken(cursor) {
          for (; taken < cursor && taken < written; taken += 1) {
            waiting -= sizes.get(taken + 1) ?? 0
            sizes.delete(taken + 1)
          }
          look()
        },
        leave() {
          if (!isHere) return
          isHere = false
          readers -= 1
          if (readers === 0) forget()
          look()
        },
      }
    },
    add(frames) {
      if (readers === 0) {
        written += frames.length
        return forget()
      }
      for (const { length } of frames) {
        written += 1
        waiting += length
        sizes.set(written, length)
      }
    },
    async room() {
      if (!hasRoom()) await new Promise<void>((resolve) => (wake = resolve))
    },
    close() {
      isClosed = true
      look()
    },
  }
}
