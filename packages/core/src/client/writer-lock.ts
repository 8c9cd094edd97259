import type { TabLocks } from './tabs.ts'
import { watchPage } from './watch-page.ts'

/** A send waits this long for a lock that nobody is known to hold, in milliseconds: others only ever look at it. */
const longestWait = 250

/** The right to write one record, which one tab has at a time. No call throws or rejects. */
export interface WriterLock {
  /** Takes the right: false where another tab has it. */
  take(): Promise<boolean>
  release(): void
  /** Looks who has it, and tells. Resolves with whether another tab does. */
  probe(): Promise<boolean>
  /** Lets go, and looks no more. */
  close(): void
}

/**
 * A Web Lock that is held while a run is open. Whoever finds it held waits for it to be let go, in shared mode, so
 * that all who wait learn of it and nobody keeps it. A page that is put away lets go of everything: a page that
 * holds a lock cannot be kept for the way back.
 */
export function createWriterLock(
  locks: TabLocks,
  name: string,
  onElsewhere: (isElsewhere: boolean) => void,
): WriterLock {
  let letGo: (() => void) | null = null
  let taking: Promise<boolean> | null = null
  let isWanted = false
  let watching: AbortController | null = null
  let asking: AbortController | null = null
  let unwatchPage: (() => void) | null = null
  let isClosed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function take(): Promise<boolean> {
    isWanted = true
    taking ??= request().finally(() => (taking = null))
    return taking
  }

  async function request(): Promise<boolean> {
    if (letGo !== null) return true
    const waiting = new AbortController()
    asking = waiting
    timer = setTimeout(() => waiting.abort(), longestWait)
    const isTaken = await new Promise<boolean>((resolve) => {
      ask({ signal: waiting.signal }, () => {
        resolve(true)
        // Whoever asked may have let go before it was there.
        return isWanted ? new Promise<void>((release) => (letGo = release)) : undefined
      }).catch((thrown: unknown) => resolve(!isAbort(thrown))) // without locks nobody is refused
    })
    clearTimeout(timer)
    asking = null
    if (letGo !== null) stayWithPage()
    if (!isTaken) watch()
    return isTaken
  }

  function release(): void {
    isWanted = false
    letGo?.()
    letGo = null
    if (watching === null) leavePage()
  }

  async function probe(): Promise<boolean> {
    if (letGo !== null || isClosed) return false
    let isElsewhere = false
    try {
      await ask({ mode: 'shared', ifAvailable: true }, (lock) => {
        isElsewhere = lock === null
      })
    } catch {
      return false
    }
    if (isElsewhere) watch()
    return isElsewhere
  }

  /** Says that another tab writes, and that it does no more once that is so. */
  function watch(): void {
    if (watching !== null || isClosed) return
    const watched = new AbortController()
    watching = watched
    stayWithPage()
    onElsewhere(true)
    ask({ mode: 'shared', signal: watched.signal }, () => undefined).then(
      () => {
        if (watching !== watched) return
        watching = null
        if (letGo === null) leavePage()
        onElsewhere(false)
      },
      () => undefined,
    )
  }

  function unwatch(): void {
    watching?.abort()
    watching = null
  }

  function stayWithPage(): void {
    unwatchPage ??= watchPage(() => {
      const wasHeld = letGo !== null
      const wasWatching = watching !== null
      letGo?.()
      letGo = null
      unwatch()
      return () => void comeBack(wasHeld, wasWatching)
    })
  }

  async function comeBack(wasHeld: boolean, wasWatching: boolean): Promise<void> {
    const isElsewhere = wasHeld ? !(await take()) : await probe()
    if (!isElsewhere && wasWatching && !wasHeld) onElsewhere(false)
  }

  function leavePage(): void {
    unwatchPage?.()
    unwatchPage = null
  }

  async function ask(...[options, callback]: LockCall): Promise<void> {
    await locks.request(name, options, callback)
  }

  return {
    take,
    release,
    probe,
    close() {
      isClosed = true
      clearTimeout(timer)
      asking?.abort()
      unwatch()
      release()
      leavePage()
    },
  }
}

type LockCall = [Parameters<TabLocks['request']>[1], Parameters<TabLocks['request']>[2]]

function isAbort(thrown: unknown): boolean {
  return (thrown as { readonly name?: unknown } | null)?.name === 'AbortError'
}
