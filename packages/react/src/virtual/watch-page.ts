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
  /** A key asks for the end of the log. */
  readonly onEnd: () => void
}

/** Watches the page around a log. Returns what takes every listener away. */
export function watchPage(log: HTMLElement, list: HTMLElement, watch: PageWatch): () => void {
  const page = log.ownerDocument
  const leaving = new AbortController()
  const passive = { passive: true, signal: leaving.signal }

  /** The browser would glide to where the end was taken to be, past rows that turn out to be taller. */
  function onKeyDown(event: KeyboardEvent): void {
    const { key, target, altKey, shiftKey } = event
    if (key !== 'End' || altKey || shiftKey || event.defaultPrevented) return
    if (!(target instanceof Element) || !log.contains(target) || isWritten(target)) return
    event.preventDefault()
    watch.onEnd()
  }

  list.addEventListener('focusin', watch.onFocus, passive)
  page.addEventListener('copy', watch.onCopy, passive)
  page.addEventListener('selectionchange', watch.onSelect, passive)
  // On the document, after whoever else has a use for the key.
  page.addEventListener('keydown', onKeyDown, { signal: leaving.signal })
  page.defaultView?.addEventListener('beforeprint', () => watch.onPrint(true), passive)
  page.defaultView?.addEventListener('afterprint', () => watch.onPrint(false), passive)
  return () => leaving.abort()
}
