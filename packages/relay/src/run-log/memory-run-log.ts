import type { RunEnd } from '@fluokit/core/wire'
import { createMemoryRun, type MemoryRun } from './memory-run.ts'
import type { RunLog, RunOwner } from './run-log.ts'

export interface MemoryRunLogOptions {
  /** How long a run is kept once it is over, and its ID with it, in milliseconds. @default 600000 (ten minutes) */
  readonly keepMs?: number
  /**
   * How many bytes all frames may take, at two a character. Beyond it, runs that are over lose theirs, the oldest first, then the
   * longest open ones their beginning; their IDs stay. @default 67108864 (64 MiB)
   */
  readonly maxBytes?: number
  /** How many runs may be known at once; those that are over go first, and no other begins while all are open. @default 20000 */
  readonly maxRuns?: number
}

interface Entry {
  readonly bodyHash: string | null
  readonly run: MemoryRun
  readonly onNews: () => void
  isStopAsked: boolean
  hasFrames: boolean
  overAt: number
}

/**
 * A run log in this process's memory: what a relay in one process needs, and no more. It ends with the process, and
 * then nobody knows what became of its runs.
 */
export function createMemoryRunLog({
  keepMs = 10 * 60 * 1000,
  maxBytes = 64 * 1024 * 1024,
  maxRuns = 20_000,
}: MemoryRunLogOptions = {}): RunLog {
  const open = new Map<string, Entry>()
  /** In the order in which they ended. */
  const over = new Map<string, Entry>()
  let bytes = 0

  const find = (key: string): Entry | undefined => open.get(key) ?? over.get(key)

  function openOf(key: string, owner: RunOwner): Entry | undefined {
    const entry = open.get(key)
    return entry?.onNews === owner ? entry : undefined
  }

  function add(key: string, entry: Pick<Entry, 'bodyHash' | 'onNews'>): Entry {
    const made: Entry = {
      ...entry,
      run: createMemoryRun(entry.onNews),
      isStopAsked: false,
      hasFrames: true,
      overAt: 0,
    }
    open.set(key, made)
    return made
  }

  function forget(key: string, { run, hasFrames }: Entry): void {
    if (hasFrames) bytes -= run.size
    over.delete(key)
  }

  /** Ended runs are in order of their end, so that nobody looks further than the first that stays. */
  function forgetOld(): void {
    const now = Date.now()
    for (const [key, entry] of over) {
      const isOld = now - entry.overAt >= keepMs || now < entry.overAt
      if (!isOld && open.size + over.size < maxRuns) return
      forget(key, entry)
    }
  }

  function write({ run }: Entry, frames: readonly string[]): void {
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
      if (!entry.hasFrames) continue
      entry.hasFrames = false
      bytes -= entry.run.size
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

  function close(key: string, entry: Entry, frames: readonly string[], end: RunEnd): void {
    write(entry, frames)
    entry.run.finish(end)
    entry.overAt = Date.now()
    open.delete(key)
  }

  return {
    renewMs: null,
    leaseMs: null,
    async acquire(key, bodyHash, onNews) {
      forgetOld()
      const found = find(key)
      if (found !== undefined) {
        return found.bodyHash === null || found.bodyHash === bodyHash ? 'follower' : 'conflict'
      }
      if (open.size >= maxRuns) return 'full'
      add(key, { bodyHash, onNews })
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
      const entry = openOf(key, owner)
      if (entry === undefined) return
      close(key, entry, frames, end)
      over.set(key, entry)
    },
    async release(key, frames, owner) {
      const entry = openOf(key, owner)
      if (entry === undefined) return
      close(key, entry, frames, 'failed')
      bytes -= entry.run.size
    },
    async read(key, after, signal) {
      const entry = find(key)
      return entry?.hasFrames === true ? entry.run.read(after, signal) : null
    },
    async stop(key) {
      const entry = find(key)
      if (entry === undefined) {
        forgetOld()
        if (open.size >= maxRuns) return
        const made = add(key, { bodyHash: null, onNews: () => undefined })
        close(key, made, [], 'stopped')
        over.set(key, made)
        return
      }
      entry.isStopAsked = true
      entry.onNews()
    },
  }
}
