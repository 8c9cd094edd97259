import type { RunPiece } from '../run-log.ts'
import { createRunTail } from './run-tail.ts'
import type { RunSight } from './run-scripts.ts'

export interface FollowedRunSetup {
  readonly look: (after: number) => Promise<RunSight | null>
  /** Called when a reader has come or gone. Where it promises something, a reader that comes waits for it. */
  readonly onReaders: (readers: number) => Promise<void> | void
  /** Nobody reads any more, or nobody can. */
  readonly onIdle: () => void
}

/** A run that somebody reads through this log: all its readers here share one look at Redis, and what it showed. */
export interface FollowedRun {
  readonly readers: number
  /** Whether a reader at a cursor finds what it needs here. */
  holds(cursor: number): boolean
  /** With what was already seen behind the cursor, if anything. */
  read(after: number, sight: RunSight | null, signal: AbortSignal): Promise<AsyncIterable<RunPiece>>
  /** What this process wrote itself behind a cursor. */
  feed(after: number, piece: RunPiece): void
  /** There may be news on Redis. */
  readonly check: () => void
  /** Readers get an error instead of whatever would have come. */
  fail(error: Error): void
}

/** A run without readers. */
export function createFollowedRun({ look, onReaders, onIdle }: FollowedRunSetup): FollowedRun {
  const tail = createRunTail()
  const waiting = new Set<() => void>()
  let readers = 0
  let failure: Error | null = null
  let isStale = false
  let isLooking = false

  function wake(): void {
    const woken = [...waiting]
    waiting.clear()
    for (const go of woken) go()
  }

  function fail(error: Error): void {
    if (failure !== null) return
    failure = error
    onIdle()
    wake()
  }

  async function see(after: number): Promise<RunSight> {
    const sight = await look(after)
    if (sight === null) throw new Error('The run, or a part of it, is not in the run log any more.')
    feed(after, sight)
    return sight
  }

  function feed(after: number, piece: RunPiece): void {
    if (tail.add(after, piece)) wake()
  }

  /** Only while somebody waits: whoever reads slowly decides for itself when it wants more. */
  async function lookAgain(): Promise<void> {
    if (isLooking) return
    isLooking = true
    try {
      while (isStale && waiting.size > 0 && tail.end === null && failure === null) {
        isStale = false
        const { hasMore } = await see(tail.last)
        isStale ||= hasMore
      }
    } catch (thrown) {
      fail(thrown as Error)
    } finally {
      isLooking = false
    }
  }

  function check(): void {
    isStale = true
    void lookAgain()
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
      void lookAgain()
    })
  }

  async function* pieces(
    after: number,
    sight: RunSight | null,
    signal: AbortSignal,
  ): AsyncGenerator<RunPiece> {
    let cursor = after
    let seen: RunPiece | null = sight
    if (sight !== null) feed(after, sight)
    while (!signal.aborted) {
      if (failure !== null) throw failure
      const piece = seen ?? tail.after(cursor) ?? (await unlessLeft(see(cursor), signal))
      seen = null
      if (piece === null) return
      const { frames, end } = piece
      cursor = frames.at(-1)?.cursor ?? cursor
      if (frames.length > 0 || end !== null) yield { frames, end }
      else if (cursor === tail.last && tail.end === null) await news(signal)
      if (end !== null) return
    }
  }

  return {
    get readers() {
      return readers
    },
    holds: (cursor) => failure === null && tail.after(cursor) !== null,
    async read(after, sight, signal) {
      let isHere = true
      const leave = (): Promise<void> | void => {
        if (!isHere) return
        isHere = false
        readers -= 1
        signal.removeEventListener('abort', onAbort)
        const told = onReaders(readers)
        if (readers === 0) onIdle()
        return told
      }
      const left = new AbortController()
      const onAbort = (): void => {
        left.abort()
        void Promise.resolve(leave()).catch(ignore)
      }
      readers += 1
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        await onReaders(readers)
      } catch (thrown) {
        onAbort()
        throw thrown
      }
      if (signal.aborted) onAbort()
      const source = pieces(after, sight, left.signal)
      return {
        [Symbol.asyncIterator]: () => ({
          async next() {
            const piece = await source.next().catch((thrown: unknown) => {
              onAbort()
              throw thrown
            })
            if (piece.done === true) onAbort()
            return piece
          },
          async return() {
            onAbort() // a generator would not hear of it before its next piece
            return { done: true, value: undefined }
          },
        }),
      }
    },
    feed,
    check,
    fail,
  }
}

function ignore(): void {
  // Redis forgets by itself a log that says no more.
}

/** Null as soon as the signal aborts. */
async function unlessLeft<Value>(
  value: Promise<Value>,
  signal: AbortSignal,
): Promise<Value | null> {
  let go: () => void = () => undefined
  const left = new Promise<null>((resolve) => (go = () => resolve(null)))
  signal.addEventListener('abort', go, { once: true })
  try {
    return await Promise.race([value, left])
  } finally {
    signal.removeEventListener('abort', go)
  }
}
