import type { RunEnd } from '@fluokit/core/wire'
import { readEnded, sizeOfEnded, type EndedRun } from './ended-run.ts'
import { createMemoryRun, type MemoryRun } from './memory-run.ts'
import type { RunLog, RunOwner, RunPiece } from './run-log.ts'

export interface MemoryRunLogOptions {
  /** How long a run is kept once it is over, and its ID with it, in milliseconds. @default 600000 (ten minutes) */
  readonly keepMs?: number
  /**
   * How many bytes all runs may take, at two a character and a little for each. Beyond it, runs that are over lose their
   * text, the oldest first, then the longest open ones their beginning; their IDs stay. @default 67108864 (64 MiB)
   */
  readonly maxBytes?: number
  /** How many runs may be known at once; those that are over go first, and no other begins while all are open. @default 50000 */
  readonly maxRuns?: number
}

interface OpenEntry {
  readonly bodyHash: string
  readonly run: MemoryRun
  readonly owner: RunOwner
  isStopAsked: boolean
}

interface OverEntry {
  readonly bodyHash: string
  run: EndedRun
  readonly overAt: number
}

/** A stop that came before its run is remembered for so long, in milliseconds; and so many of them. */
const earlyStopMs = 60_000
const mostEarlyStops = 1000

/**
 * A run log in this process's memory: what a relay in one process needs, and no more. It ends with the process, and
 * then nobody knows what became of its runs.
 */
export function createMemoryRunLog({
  keepMs = 10 * 60 * 1000,
  maxBytes = 64 * 1024 * 1024,
  maxRuns = 50_000,
}: MemoryRunLogOptions = {}): RunLog {
  const open = new Map<string, OpenEntry>()
  /** In the order in which they ended. */
  const over = new Map<string, OverEntry>()
  /** When each came, in that order. They push out each other and never a run. */
  const earlyStops = new Map<string, number>()
  let bytes = 0

  function openOf(key: string, owner: RunOwner): OpenEntry | undefined {
    const entry = open.get(key)
    return entry?.owner === owner ? entry : undefined
  }

  /** Ended runs are in order of their end, so that nobody looks further than the first that stays. */
  function forgetOld(): void {
    const now = performance.now()
    for (const [key, { run, overAt }] of over) {
      if (now - overAt < keepMs && open.size + over.size < maxRuns) break
      bytes -= sizeOfEnded(run)
      over.delete(key)
    }
    for (const [key, at] of earlyStops) {
      if (now - at < earlyStopMs && earlyStops.size <= mostEarlyStops) break
      earlyStops.delete(key)
    }
  }

  function write({ run }: OpenEntry, frames: readonly string[]): void {
    const before = run.size
    run.append(frames)
    bytes += run.size - before
    if (bytes > maxBytes) makeRoom()
  }

  /** Makes more room than is needed, so that it is not made for every frame. */
  function makeRoom(): void {
    const enough = maxBytes * 0.9
    for (const entry of over.values()) {
      if (bytes <= enough) return
      const before = sizeOfEnded(entry.run)
      entry.run = { ...entry.run, blocks: [] }
      bytes -= before - sizeOfEnded(entry.run)
    }
    const longest = [...open.values()].toSorted((a, b) => b.run.size - a.run.size)
    for (const { run } of longest) {
      const fair = run.size / 2
      while (bytes > enough && run.size > fair) {
        const before = run.size
        if (!run.dropOldest()) break
        bytes -= before - run.size
      }
    }
  }

  /** Ends an open run; what is to be kept of it, if anybody had begun it. */
  function close(
    key: string,
    frames: readonly string[],
    end: RunEnd,
    owner: RunOwner,
  ): OverEntry | null {
    const entry = openOf(key, owner)
    if (entry === undefined) return null
    write(entry, frames)
    bytes -= entry.run.size
    open.delete(key)
    const { bodyHash, run } = entry
    return { bodyHash, run: run.finish(end), overAt: performance.now() }
  }

  return {
    renewMs: null,
    leaseMs: null,
    async acquire(key, bodyHash, owner) {
      forgetOld()
      const found = open.get(key) ?? over.get(key)
      if (found !== undefined) return found.bodyHash === bodyHash ? 'follower' : 'conflict'
      if (earlyStops.has(key)) return 'follower'
      if (open.size >= maxRuns) return 'full'
      open.set(key, { bodyHash, owner, run: createMemoryRun(owner), isStopAsked: false })
      return 'owner'
    },
    async renew(key, owner) {
      const entry = openOf(key, owner)
      if (entry === undefined) return { state: 'lost', readers: 0 }
      return { state: entry.isStopAsked ? 'stopped' : 'kept', readers: entry.run.readers }
    },
    async append(key, frames, owner) {
      const entry = openOf(key, owner)
      if (entry !== undefined) write(entry, frames)
      return entry !== undefined
    },
    async end(key, frames, end, owner) {
      const entry = close(key, frames, end, owner)
      if (entry === null) return
      over.set(key, entry)
      bytes += sizeOfEnded(entry.run)
      if (bytes > maxBytes) makeRoom()
    },
    async release(key, frames, owner) {
      close(key, frames, 'failed', owner)
    },
    async read(key, after, signal) {
      const run = open.get(key)?.run
      if (run !== undefined) return run.read(after, signal)
      const ended = over.get(key)?.run
      if (ended !== undefined) return readEnded(ended, after, signal)
      return earlyStops.has(key) && after === 0 ? stoppedEarly() : null
    },
    async stop(key) {
      const entry = open.get(key)
      if (entry !== undefined) {
        entry.isStopAsked = true
        entry.owner()
      } else if (!over.has(key)) {
        earlyStops.set(key, performance.now())
        forgetOld()
      }
    },
  }
}

/** The one thing there is to read of a run that was stopped before it came. */
async function* stoppedEarly(): AsyncGenerator<RunPiece> {
  yield { frames: [], end: 'stopped' }
}
