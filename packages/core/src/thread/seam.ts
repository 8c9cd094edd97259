/** So many cursors are kept of what was read last. */
const kept = 64

/** Where one connection of a run ends and the next goes on: what both bring is told once. */
export interface Seam {
  /** The cursor of the last event that was new; null before the first. */
  readonly cursor: string | null
  /** Another connection begins. */
  open(): void
  /** Whether the event at this cursor is new. */
  isNew(at: string): boolean
}

/**
 * A server resumes strictly behind a cursor, so that only the beginning of a connection can repeat anything: from its first new
 * event on all is new, and as long as nothing is lost an event costs a comparison.
 */
export function createSeam(after: string | null): Seam {
  const last = after === null ? [] : [after]
  let count = last.length
  let cursor = after
  let isOpen = false
  return {
    get cursor() {
      return cursor
    },
    open: () => void (isOpen = true),
    isNew(at) {
      if (isOpen && last.includes(at)) return false
      isOpen = false
      if (at === cursor) return true // events of one frame share it
      last[count % kept] = cursor = at
      count += 1
      return true
    },
  }
}
