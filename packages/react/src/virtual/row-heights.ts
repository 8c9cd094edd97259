import type { Turn } from '@fluokit/core'
import { observeElementRect, Virtualizer, type VirtualizerOptions } from '@tanstack/virtual-core'
import type { Span } from './row-spans.ts'

/** How tall a turn is taken to be, in pixels, until the first ones have been measured. */
const unknownHeight = 160

/** How tall the rows of a long log are, and which of them are in view. Never scrolls. */
export interface RowHeights {
  /** Takes another list of turns, a row each. Their heights are summed up again. */
  readonly list: (turns: readonly Turn[]) => void
  /** The rows in view; null while nothing can be measured. */
  readonly inView: () => Span | null
  /** The rows in view where the log is at its end. */
  readonly atEnd: () => Span
  /** How many pixels the rows from one index to another take, both included. */
  readonly between: (from: number, to: number) => number
  /** Takes the end to be in view, for a log that is about to be put there. */
  readonly goToEnd: () => void
  /** A row has come, to be measured with the others that have, and whenever it gets another size. */
  readonly add: (row: HTMLElement) => void
  /**
   * Forgets the rows that have gone, and measures those that have come. Takes the mean of the first ones for all that
   * were never measured, once. Tells whether it has measured any.
   */
  readonly settle: () => boolean
  /** Begins to look at a log and at the list in it. Returns the end of that. */
  readonly connect: (log: HTMLElement, list: HTMLElement) => () => void
}

/** What happens to the rows of a log. */
export interface RowEvents {
  /** Other rows may be in view. */
  readonly onChange: () => void
  /** A row has become so many pixels taller than it was, of itself. */
  readonly onGrow: (row: HTMLElement, by: number) => void
}

/** Measures rows, and tells what that brought. */
export function createRowHeights({ onChange, onGrow }: RowEvents): RowHeights {
  let turns: readonly Turn[] = []
  let log: HTMLElement | null = null
  let list: HTMLElement | null = null
  let estimate: number | null = null
  let added: HTMLElement[] = []
  let read: ReadonlyMap<HTMLElement, number> = new Map()
  let isSettling = false
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options())
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false

  function options(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const listed = turns
    return {
      count: listed.length,
      // Another function each time, or the library would keep its sums.
      getItemKey: (index) => listed[index]?.id ?? index,
      estimateSize: () => estimate ?? unknownHeight,
      getScrollElement: () => log,
      observeElementRect: (instance, report) =>
        observeElementRect(instance, (rect) => {
          report(rect)
          onChange()
        }),
      observeElementOffset,
      measureElement,
      scrollToFn: () => undefined,
      onChange: () => isSettling || onChange(),
    }
  }

  /** As far as the log is scrolled past the beginning of the list. Told as being at rest: no timer waits for the end of a scroll. */
  function observeElementOffset(
    { scrollElement }: Virtualizer<HTMLElement, HTMLElement>,
    report: (offset: number, isScrolling: boolean) => void,
  ): () => void {
    // The library calls back only where its range is another than when it last did so: of looks in between it knows nothing.
    const tell = (): void => {
      report(offsetInList(), false)
      onChange()
    }
    scrollElement?.addEventListener('scroll', tell, { passive: true })
    tell()
    return () => scrollElement?.removeEventListener('scroll', tell)
  }

  function offsetInList(): number {
    if (list === null || log === null) return 0
    return log.scrollTop + topOf(log) + log.clientTop - topOf(list)
  }

  /** To the fraction of a pixel, or rows that go would move those that stay. What is not displayed has no height to learn. */
  function measureElement(row: HTMLElement, entry: ResizeObserverEntry | undefined): number {
    const index = Number(row.dataset['index'])
    const known = virtualizer.itemSizeCache.get(virtualizer.options.getItemKey(index))
    const height = entry === undefined ? read.get(row) : entry.borderBoxSize[0]?.blockSize
    if (height === undefined || (height === 0 && !isDisplayed(row))) {
      return known ?? virtualizer.options.estimateSize(index)
    }
    if (entry === undefined || height === known) return height
    if (known !== undefined) onGrow(row, height - known)
    // The place has been held already, and the browser tells of it a frame later.
    virtualizer.scrollOffset = offsetInList()
    return height
  }

  /** Takes the mean of what was measured first for all that was not. */
  function learn(): void {
    const { itemSizeCache } = virtualizer
    if (estimate !== null || itemSizeCache.size === 0 || itemSizeCache.size >= turns.length) return
    let sum = 0
    for (const height of itemSizeCache.values()) sum += height
    estimate = Math.round(sum / itemSizeCache.size) || unknownHeight
    virtualizer.setOptions(options())
  }

  return {
    list(next) {
      turns = next
      virtualizer.setOptions(options())
    },
    inView() {
      const range = virtualizer.calculateRange()
      return range === null ? null : [range.startIndex, range.endIndex]
    },
    atEnd() {
      const last = turns.length - 1
      const rows = virtualizer.measurementsCache
      let left = (virtualizer.scrollRect?.height ?? 0) - (rows[last]?.size ?? 0)
      let first = last
      while (first > 0 && left > 0) {
        first -= 1
        left -= rows[first]?.size ?? 0
      }
      return [first, last]
    },
    between(from, to) {
      const rows = virtualizer.measurementsCache
      return (rows[to]?.end ?? 0) - (rows[from]?.start ?? 0)
    },
    goToEnd: () => void (virtualizer.scrollOffset = virtualizer.getTotalSize()),
    add: (row) => void added.push(row),
    settle() {
      virtualizer.measureElement(null) // forgets what has gone
      if (list === null || added.length === 0) return false
      const rows = added
      added = []
      read = heightsOf(rows, list)
      virtualizer.getTotalSize() // the library measures no row that it has not summed up yet
      isSettling = true
      for (const row of rows) virtualizer.measureElement(row)
      learn()
      isSettling = false
      return true
    },
    connect(logElement, listElement) {
      log = logElement
      list = listElement
      virtualizer._willUpdate()
      return () => {
        virtualizer._didMount()() // the end of a mount
        log = null
        list = null
      }
    },
  }
}

/** Where an element begins on its page, in its own pixels: neither scrolling nor a zoom or transform around it changes that. */
function topOf(element: HTMLElement): number {
  // happy-dom has no `offsetParent` at all.
  const parent = (element.offsetParent ?? null) as HTMLElement | null
  return element.offsetTop + (parent === null ? 0 : parent.clientTop + topOf(parent))
}

/** How tall rows are, read at once: to the fraction of a pixel, but where something around their list is zoomed or transformed. */
function heightsOf(
  rows: readonly HTMLElement[],
  list: HTMLElement,
): ReadonlyMap<HTMLElement, number> {
  const isScaled = Math.abs(list.getBoundingClientRect().height - list.offsetHeight) >= 1
  return new Map(
    rows.map((row) => [row, isScaled ? row.offsetHeight : row.getBoundingClientRect().height]),
  )
}

function isDisplayed(row: HTMLElement): boolean {
  return row.getClientRects().length > 0
}
