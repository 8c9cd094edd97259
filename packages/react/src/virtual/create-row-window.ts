import type { Turn } from '@fluokit/core'
import type { StoreApi } from 'zustand/vanilla'
import type { LogScroll } from '../chat-thread/root-context.ts'
import { holdPlace } from './hold-place.ts'
import { isAnchored } from './is-anchored.ts'
import { createRowHeights } from './row-heights.ts'
import { isSamePlaces, placesOf, type RowPlace, type Span } from './row-spans.ts'
import { rowsInUse, selectedRows } from './rows-in-use.ts'
import { watchPage } from './watch-page.ts'

/** So many of the newest turns stand where nothing can be measured: on a server, without layout. */
const unmeasured = 10
/** So many of them stand in the first render of a page that is alive, to be measured: how many are wanted is known then. */
const first = 4
/** So many turns stand on either side of what is in view. */
const overscan = 4
/** So many stand there while the end is followed: nobody scrolls, and whoever begins to lets it go first. */
const overscanAtEnd = 1

/** Which rows of a long log are rendered. */
export interface RowWindow {
  /** Calls back when other rows should be rendered for another reason than another list of turns. */
  readonly subscribe: (listener: () => void) => () => void
  /** A number that grows with each such call. */
  readonly getVersion: () => number
  /** The rows to render for these turns. The same list costs a look, another one the sum of all heights. */
  readonly placesFor: (turns: readonly Turn[]) => readonly RowPlace[]
  /** The `ref` of each row, which is measured from then on. */
  readonly measure: (row: HTMLElement | null) => void
  /** To be called once rows have come or gone, before that is painted: measures those that have come, all at once. */
  readonly settle: () => void
  /** Begins to look at the log around a list. Returns the end of that. */
  readonly connect: (list: HTMLElement) => () => void
}

/**
 * Finds the rows by the heights that they had when they were last measured. Rows stand in the flow, so measuring moves
 * nothing; what comes above the view is held by the browser's scroll anchoring, or by `holdPlace` where it has none.
 */
export function createRowWindow(
  scroll: StoreApi<LogScroll> | undefined,
  isHydrated: boolean,
): RowWindow {
  const listeners = new Set<() => void>()
  const heights = createRowHeights({ onChange: change, onGrow: holdBelow })
  let version = 0
  let shownVersion = 0
  let turns: readonly Turn[] = []
  let places: readonly RowPlace[] = []
  let list: HTMLElement | null = null
  let log: HTMLElement | null = null
  let copied: Span | null = null
  let isPrinting = false
  let isGoingToEnd = false
  let putBack: (() => void) | null = null

  function isFollowing(): boolean {
    return scroll?.getState().isFollowing === true
  }

  function look(): readonly RowPlace[] {
    const last = turns.length - 1
    const inView = list === null ? null : heights.inView()
    if (list === null || inView === null) {
      const count = list === null && isHydrated ? first : unmeasured
      return placesOf([[turns.length - count, last]], turns.length, () => 0)
    }
    const [from, to] = inView
    const beside = isFollowing() ? overscanAtEnd : overscan
    const spans: readonly Span[] = [
      [from - beside, to + beside],
      [0, 0], // where Home and the first Tab go
      [isFollowing() ? heights.atEnd()[0] - beside : last, last], // what grows, and where the log may be on its way to
      ...rowsInUse(list),
      ...(copied === null ? [] : [copied]),
      ...(isPrinting ? [[0, last] as const] : []),
    ]
    return placesOf(spans, turns.length, heights.between)
  }

  function change(): void {
    if (list === null || isSamePlaces(look(), places)) return
    putBack ??= hold()
    version += 1
    for (const listener of listeners) listener()
  }

  /** Remembers what must stay where it is; null while the log is at its end, where it is held already. */
  function hold(): (() => void) | null {
    return list === null || log === null || isFollowing() ? null : holdPlace(log, list)
  }

  /** What is read stays where it is when a row above it grows, as by a picture that comes late. */
  function holdBelow(row: HTMLElement, by: number): void {
    if (log === null || isFollowing() || isAnchored(log)) return
    const isAbove = row.getBoundingClientRect().bottom - by <= log.getBoundingClientRect().top
    if (isAbove) log.scrollTop += by
  }

  /** Goes to the end before the first rows are painted, and renders none on the way there. */
  function beginAtEnd(): void {
    isGoingToEnd = isFollowing() && turns.length > 0
    if (isGoingToEnd) heights.goToEnd()
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getVersion: () => version,
    placesFor(next) {
      if (turns !== next) {
        const isFirst = turns.length === 0
        turns = next
        heights.list(next)
        if (isFirst && list !== null) beginAtEnd()
      }
      shownVersion = version
      return (places = look())
    },
    measure(row) {
      if (row !== null) heights.add(row)
    },
    settle() {
      if (heights.settle()) {
        if (isGoingToEnd) heights.goToEnd()
        change()
      }
      const isMore = version !== shownVersion // what was measured asks for other rows already
      if (isGoingToEnd && !isMore && log !== null) log.scrollTop = log.scrollHeight
      isGoingToEnd &&= isMore
      putBack?.()
      putBack = isMore ? hold() : null
    },
    connect(element) {
      const around = element.closest<HTMLElement>('[data-part="chat-thread-viewport"]')
      if (around === null) {
        throw new Error(
          'ChatThreadVirtualMessages needs <ChatThread.Viewport> above it, which scrolls what it renders. Put it inside one.',
        )
      }
      const disconnect = heights.connect(around, element)
      heights.settle()
      // Not before: whoever connects renders again anyway.
      list = element
      log = around
      beginAtEnd()
      const unsubscribe = scroll?.subscribe((now, before) => {
        if (now.isFollowing !== before.isFollowing) change()
      })
      const unwatch = watchPage(around, element, {
        onFocus: change,
        onArrive(end) {
          if (end === 'last') scroll?.getState().toEnd()
          else around.scrollTo({ top: 0, behavior: 'instant' })
        },
        onPrint(isBegun) {
          isPrinting = isBegun
          change()
        },
        onCopy() {
          copied = selectedRows(element)
          change()
        },
        onSelect() {
          if (copied === null) return
          copied = null
          change()
        },
      })
      return () => {
        unwatch()
        unsubscribe?.()
        disconnect()
        list = null
        log = null
      }
    },
  }
}
