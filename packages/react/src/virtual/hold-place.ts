import { isAnchored } from './is-anchored.ts'

/**
 * Remembers where the first row in view stands, and returns what puts it there again once other rows have come. Null
 * where the browser does that by itself.
 */
export function holdPlace(log: HTMLElement, list: HTMLElement): (() => void) | null {
  if (isAnchored(log)) return null
  const { top } = log.getBoundingClientRect()
  const rows = list.querySelectorAll<HTMLElement>(':scope > [data-part="chat-thread-row"]')
  const held = [...rows].find((row) => row.getBoundingClientRect().bottom > top)
  if (held === undefined) return null
  const before = held.getBoundingClientRect().top
  return () => {
    if (held.isConnected) log.scrollTop += held.getBoundingClientRect().top - before
  }
}
