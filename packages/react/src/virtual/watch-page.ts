import { isWritten } from '../chat-thread/scroll-keys.ts'

/** What the page around a log does that concerns rows that are not on it. */
export interface PageWatch {
  /** Something in the list has got the focus. */
  readonly onFocus: () => void
  /** The selection is about to be copied. */
  readonly onCopy: () => void
  /** There is another selection. */
  readonly onSelect: () => void
  /** The page is about to be printed, or has been. */
  readonly onPrint: (isBegun: boolean) => void
  /** A key has asked for an end of the log, and the log has come to where that was taken to be. */
  readonly onArrive: (end: LogEnd) => void
}

/** Where a key sends a log. */
export type LogEnd = 'first' | 'last'

/** Watches the page around a log. Returns what takes every listener away. */
export function watchPage(log: HTMLElement, list: HTMLElement, watch: PageWatch): () => void {
  const page = log.ownerDocument
  const leaving = new AbortController()
  const passive = { passive: true, signal: leaving.signal }

  let goal: LogEnd | null = null

  function onKeyDown({ key, target, altKey, shiftKey, defaultPrevented }: KeyboardEvent): void {
    if (altKey || shiftKey || defaultPrevented) return
    if (!(target instanceof Element) || !log.contains(target) || isWritten(target)) return
    goal = null
    if (key === 'Home' && log.scrollTop > 0) goal = 'first'
    if (key === 'End' && log.scrollHeight - log.clientHeight - log.scrollTop > 1) goal = 'last'
  }

  function leaveWay(): void {
    goal = null
  }

  /** The browser glides to where that end was taken to be, past rows that turn out to be taller or less tall. */
  function onScrollEnd(): void {
    if (goal !== null) watch.onArrive(goal)
    goal = null
  }

  list.addEventListener('focusin', watch.onFocus, passive)
  page.addEventListener('copy', watch.onCopy, passive)
  page.addEventListener('selectionchange', watch.onSelect, passive)
  // On the document, after whoever else has a use for the key.
  page.addEventListener('keydown', onKeyDown, passive)
  for (const name of ['wheel', 'touchstart', 'pointerdown']) {
    log.addEventListener(name, leaveWay, passive)
  }
  log.addEventListener('scrollend', onScrollEnd, passive)
  page.defaultView?.addEventListener('beforeprint', () => watch.onPrint(true), passive)
  page.defaultView?.addEventListener('afterprint', () => watch.onPrint(false), passive)
  return () => leaving.abort()
}
