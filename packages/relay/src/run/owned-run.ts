import { endForReaders, type RunEnding } from './run-ending.ts'
import type { RunLog } from '../run-log/run-log.ts'
import { createUnread, type LocalReader } from './unread.ts'

export interface OwnedRunSetup {
  readonly key: string
  readonly log: RunLog
  /** How long the run goes on without a reader, in milliseconds. */
  readonly graceMs: number
  readonly totalMs: number
  /** How many bytes Fluo may be ahead of the fastest reader in this process. */
  readonly unreadBytes: number
  /** The time is up: what readers get for it. */
  readonly onLate: () => RunEnding & { readonly frames: readonly string[] }
  /** Called once; never for a run that was refused. */
  readonly onEnd: (ending: RunEnding) => void
}

/** A run that this process began: it writes the log, and nothing else decides when it ends. */
export interface OwnedRun {
  /** Ends the request to Fluo. */
  readonly abort: AbortController
  readonly isEnded: boolean
  /** Resolves when the run has ended and its log knows. Never rejects. */
  readonly ended: Promise<void>
  /** To be called once the log has given the run to this process. */
  begin(): void
  /** Something has changed that the log knows of. */
  readonly check: () => void
  /** Adds frames, and waits for room: a slow browser slows Fluo down. */
  write(frames: readonly string[]): Promise<void>
  /** Ends it, with last frames. The first call counts. */
  end(ending: RunEnding, frames?: readonly string[]): Promise<void>
  /** Fluo, or the application, has refused. `isFree`: nothing ran, and its ID may be used again. */
  refuse(frames: readonly string[], isFree: boolean): Promise<void>
  /** A reader in this process. */
  join(): LocalReader
}

/** A run that is not begun yet. */
export function createOwnedRun(setup: OwnedRunSetup): OwnedRun {
  const { key, log } = setup
  const abort = new AbortController()
  const unread = createUnread(setup.unreadBytes)
  let hasFrames = false
  let isEnded = false
  let isChecking = false
  let hasNews = false
  let lonely: ReturnType<typeof setTimeout> | undefined
  let late: ReturnType<typeof setTimeout> | undefined
  let renewing: ReturnType<typeof setInterval> | undefined
  let tellEnded: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (tellEnded = resolve))

  /** One question at a time: of two answers, the later one could be the older. */
  async function check(): Promise<void> {
    hasNews = true
    if (isChecking) return
    isChecking = true
    while (hasNews && !isEnded) {
      hasNews = false
      await look().catch(() => undefined) // the log is asked again, and its lease is what counts
    }
    isChecking = false
  }

  async function look(): Promise<void> {
    const { state, readers } = await log.renew(key)
    if (isEnded) return
    if (state === 'stopped') return end({ end: 'stopped' })
    if (state === 'lost') return end({ end: 'lost' })
    if (readers > 0) {
      clearTimeout(lonely)
      lonely = undefined
    } else if (setup.graceMs === 0) return end({ end: 'left' })
    else lonely ??= setTimeout(() => void end({ end: 'left' }), setup.graceMs)
  }

  function close(): boolean {
    if (isEnded) return false
    isEnded = true
    clearTimeout(lonely)
    clearTimeout(late)
    clearInterval(renewing)
    abort.abort()
    unread.close()
    return true
  }

  /** A log that cannot be told loses the run by itself: its lease runs out, or it is gone. */
  async function tell(telling: () => Promise<void>): Promise<void> {
    await telling().catch(() => undefined)
    tellEnded()
  }

  async function end(ending: RunEnding, frames: readonly string[] = []): Promise<void> {
    if (!close()) return ended
    setup.onEnd(ending)
    const how = endForReaders(ending, hasFrames || frames.length > 0)
    await tell(() => log.end(key, frames, how))
  }

  return {
    abort,
    ended,
    end,
    check: () => void check(),
    get isEnded() {
      return isEnded
    },
    begin() {
      late = setTimeout(() => {
        const { frames, ...ending } = setup.onLate()
        void end(ending, frames)
      }, setup.totalMs)
      if (log.renewMs !== null) renewing = setInterval(() => void check(), log.renewMs)
    },
    async write(frames) {
      if (isEnded || frames.length === 0) return
      hasFrames = true
      unread.add(frames)
      if (await log.append(key, frames)) await unread.room()
      else await end({ end: 'lost' })
    },
    async refuse(frames, isFree) {
      if (!close()) return
      await tell(() => (isFree ? log.release(key, frames) : log.end(key, frames, 'failed')))
    },
    join: unread.join,
  }
}
