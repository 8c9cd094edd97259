import { endForReaders, type RunEnding } from './run-ending.ts'
import type { RunHold, RunLog, RunOwner } from '../run-log/run-log.ts'
import { createUnread, type LocalReader } from './unread.ts'

export interface OwnedRunSetup {
  readonly key: string
  readonly log: RunLog
  /** How long the run goes on without a reader, in milliseconds. */
  readonly graceMs: number
  readonly totalMs: number
  /** How many characters Fluo may be ahead of the fastest reader in this process. */
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
  /** Something has changed that the log knows of. What the log knows the owner by. */
  readonly check: RunOwner
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
  let fault: unknown
  let hasLogFailed = false
  let expiring: ReturnType<typeof setTimeout> | undefined
  let lonely: ReturnType<typeof setTimeout> | undefined
  let late: ReturnType<typeof setTimeout> | undefined
  let renewing: ReturnType<typeof setInterval> | undefined
  let tellEnded: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (tellEnded = resolve))

  const owner: RunOwner = () => void check()

  /** One question at a time: of two answers, the later one could be the older. */
  async function check(): Promise<void> {
    hasNews = true
    if (isChecking) return
    isChecking = true
    while (hasNews && !isEnded) {
      hasNews = false
      await look()
    }
    isChecking = false
  }

  async function look(): Promise<void> {
    const { state, readers } = await ask()
    if (isEnded) return
    if (state === 'stopped') return end({ end: 'stopped' })
    if (state === 'lost') return end({ end: 'lost' })
    if (readers > 0) {
      clearTimeout(lonely)
      lonely = undefined
    } else if (setup.graceMs === 0) return end({ end: 'left' })
    else lonely ??= setTimeout(() => void end({ end: 'left' }), setup.graceMs)
  }

  /** While the log cannot be asked, the lease goes on running out, and the readers in this process are all that is known. */
  async function ask(): Promise<RunHold> {
    try {
      const hold = await log.renew(key, owner)
      keepLease()
      return hold
    } catch (thrown) {
      fault = thrown
      return { state: 'kept', readers: unread.readers }
    }
  }

  function keepLease(): void {
    if (isEnded || log.leaseMs === null) return
    clearTimeout(expiring)
    fault = undefined
    expiring = setTimeout(() => {
      hasLogFailed = true
      const detail = fault instanceof Error ? fault.message : 'The run log did not answer.'
      void end({ end: 'lost', detail })
    }, log.leaseMs)
  }

  function close(): boolean {
    if (isEnded) return false
    isEnded = true
    clearTimeout(expiring)
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
    setup.onEnd(hasLogFailed ? { ...ending, isLogFault: true } : ending)
    const how = endForReaders(ending, hasFrames || frames.length > 0)
    await tell(() => log.end(key, frames, how, owner))
  }

  return {
    abort,
    ended,
    end,
    check: owner,
    get isEnded() {
      return isEnded
    },
    begin() {
      late = setTimeout(() => {
        const { frames, ...ending } = setup.onLate()
        void end(ending, frames)
      }, setup.totalMs)
      keepLease()
      if (log.renewMs !== null) renewing = setInterval(() => void check(), log.renewMs)
    },
    async write(frames) {
      if (isEnded || frames.length === 0) return
      hasFrames = true
      unread.add(frames)
      const isKept = await log.append(key, frames, owner).catch((thrown: unknown) => {
        hasLogFailed = true
        throw thrown
      })
      if (isKept) await unread.room()
      else await end({ end: 'lost' })
    },
    async refuse(frames, isFree) {
      if (!close()) return
      await tell(() =>
        isFree ? log.release(key, frames, owner) : log.end(key, frames, 'failed', owner),
      )
    },
    join: unread.join,
  }
}
