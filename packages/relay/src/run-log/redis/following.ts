import type { RunPiece } from '../run-log.ts'
import { createAttendance } from './attendance.ts'
import { createFollowedRun, type FollowedRun } from './followed-run.ts'
import { lastPiece } from './last-piece.ts'
import type { RunLife, RunScripts, RunSight } from './run-scripts.ts'
import type { WakeUps } from './wake-ups.ts'

export interface FollowingSetup {
  readonly scripts: RunScripts
  readonly wakeUps: WakeUps
  /** How often Redis is asked for what no message told, in milliseconds. */
  readonly pollMs: number
  readonly channelOf: (life: RunLife) => string
  /** Who writes the run in this process; null where nobody does. */
  readonly ownerOf: (life: RunLife) => { readonly onNews: () => void } | null
}

/** The runs that are read through this log. */
export interface Following {
  /** Null where the run, or the part behind `after`, is not there. */
  read(life: RunLife, after: number, signal: AbortSignal): Promise<AsyncIterable<RunPiece> | null>
  /** How many readers a run that is written here has here. */
  readersOf(life: RunLife): number
  feed(life: RunLife, after: number, piece: RunPiece): void
  check(life: RunLife): void
  fail(life: RunLife, thrown: unknown): void
  /** Fails all readers. */
  close(): void
}

/** Nobody reads yet. */
export function createFollowing({
  scripts,
  wakeUps,
  pollMs,
  channelOf,
  ownerOf,
}: FollowingSetup): Following {
  const runs = new Map<string, FollowedRun>()

  /**
   * A run that is written here needs neither messages nor attendance: what is written is fed to its readers, and they are
   * counted. All others are looked at again and again.
   */
  function follow(life: RunLife, after: number, sight: RunSight): FollowedRun {
    const { token } = life
    const isOwned = ownerOf(life) !== null
    const attendance = createAttendance((readers, isNews) =>
      scripts.attend(life, who, readers, isNews),
    )
    const who = crypto.randomUUID()
    const run = createFollowedRun({
      after,
      sight,
      look: (cursor) => scripts.look(life, cursor),
      onReaders: isOwned ? () => ownerOf(life)?.onNews() : attendance.change,
      onIdle() {
        if (runs.get(token) !== run) return
        runs.delete(token)
        clearInterval(polling)
        if (!isOwned) wakeUps.drop(channelOf(life))
      },
    })
    const polling = setInterval(() => {
      if (!isOwned) attendance.repeat()
      if (ownerOf(life) === null) run.check()
    }, pollMs)
    if (!isOwned) void wakeUps.listen(channelOf(life), run.check).then(run.check)
    runs.set(token, run)
    return run
  }

  return {
    async read(life, after, signal) {
      const known = runs.get(life.token)
      if (known?.holds(after) === true) return known.read(after, null, signal)
      const sight = await scripts.look(life, after)
      if (sight === null) return null
      if (sight.end !== null) return lastPiece(sight, signal)
      const run = runs.get(life.token) ?? follow(life, after, sight)
      return run.read(after, sight, signal)
    },
    readersOf: ({ token }) => runs.get(token)?.readers ?? 0,
    feed: ({ token }, after, piece) => runs.get(token)?.feed(after, piece),
    check: ({ token }) => runs.get(token)?.check(),
    fail: ({ token }, thrown) => runs.get(token)?.fail(thrown as Error),
    close() {
      for (const run of runs.values()) run.fail(new Error('The run log is closed.'))
    },
  }
}
