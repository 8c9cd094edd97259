import type { ReadableStore, ThreadState } from '@fluokit/core'
import type { LogScroll } from './root-context.ts'
import { observeSizes } from './observe-sizes.ts'
import { begins, isSent } from './turn-changes.ts'
import { turnStart } from './turn-start.ts'
import { watchPerson } from './watch-person.ts'

/** This close to the end counts as the end, in pixels: zoomed pages stop at fractions. */
const nearEnd = 8

/** What the log is held at: its end, the newest question at the top, or nothing, where a person reads on their own. */
type Hold = 'end' | 'question' | 'nothing'

export interface FollowedEnd {
  /** Takes hold of the end and goes there, at once for those who want no motion. */
  readonly toEnd: () => void
  /** Lets go: a person has begun to read. */
  readonly letGo: () => void
  /** Takes every listener away, and what was written onto the elements. */
  readonly stop: () => void
}

/**
 * Follows the end of a scrolling log while its children grow, and reports when it lets go and takes hold again. With a
 * `space` below the messages, the question of a sent turn goes to the top instead, and the answer grows below it.
 *
 * While the end is held, native scroll anchoring is off, so that the two do not fight; otherwise the browser keeps in
 * place what is read while something above it grows. A browser without `overflow-anchor` (Safari before 27) does not.
 */
export function followEnd(
  log: HTMLElement,
  space: HTMLElement | null,
  store: ReadableStore<ThreadState>,
  report: (scroll: Pick<LogScroll, 'isFollowing' | 'unread'>) => void,
): FollowedEnd {
  const start = space === null ? null : turnStart(log, space)
  const ownAnchoring = log.style.getPropertyValue('overflow-anchor')
  let hold: Hold = 'end'
  let isFollowing = true
  let unread = 0
  let isFocusMoving = false
  let seen = look()

  function look(): { readonly top: number; readonly left: number } {
    const { scrollTop: top, scrollHeight, clientHeight } = log
    return { top, left: scrollHeight - clientHeight - top }
  }

  function take(next: Hold): void {
    hold = next
    log.style.setProperty('overflow-anchor', next === 'end' ? 'none' : ownAnchoring)
  }

  function tell(): void {
    const next = hold === 'end' || (hold === 'question' && look().left <= nearEnd)
    if (isFollowing === next) return
    isFollowing = next
    unread = 0
    report({ isFollowing, unread })
  }

  /** Whatever a style sheet says of smooth scrolling: what is on its way is overtaken by what grows. */
  function go(top: number): void {
    log.scrollTo({ top, behavior: 'instant' })
  }

  function letGo(): void {
    if (store.getState().turns.length === 0) return
    const { top, left } = look()
    if (hold === 'end' && left > nearEnd) go(top) // still on its way there: it ends here
    take('nothing')
    tell()
  }

  /** Puts the log where it is held, once something has another size or a question has come. */
  function settle(): void {
    if (start?.arrive() === true) take('question')
    start?.fit()
    const goal = start?.goal() ?? null
    if (hold === 'question' && goal === null) take('end')
    if (hold === 'question' && goal !== null) go(goal)
    else if (hold === 'end' && store.getState().turns.length > 0) go(log.scrollHeight)
    seen = look()
    tell()
  }

  function onScroll(): void {
    const before = seen
    seen = look()
    const { top, left } = seen
    if (hold === 'question') {
      const goal = start?.goal() ?? top
      // With the question moved what is above it, and at the very end what became shorter: neither is a person.
      if (Math.abs(top - goal) <= 1 || (top < goal && left <= 1)) return settle()
      letGo()
    }
    // Growing content moves no scroll position and shrinking content leaves it at the very end: what moves up
    // otherwise is a person, however slowly. What moves down without coming nearer to the end was pushed from above.
    if (top < before.top && left > 1) letGo()
    else if (top > before.top && left < before.left && left <= nearEnd && !isFocusMoving) {
      take('end')
      tell()
    }
  }

  function onChange(state: ThreadState, before: ThreadState): void {
    if (state.turns.length === 0 && before.turns.length > 0) {
      start?.clear()
      take('end')
      tell()
      go(0)
    } else if (isSent(state, before)) {
      take('end')
      tell()
      if (start === null) settle()
      else start.expect()
    } else if (!isFollowing && begins(state, before)) {
      unread += 1
      report({ isFollowing, unread })
    }
  }

  /** A focus that moves scrolls by itself: where that ends is no wish to follow. Its scroll event comes before the frame. */
  function onFocusInside(): void {
    letGo()
    isFocusMoving = true
    requestAnimationFrame(() => (isFocusMoving = false))
  }

  take('end')
  const unobserve = observeSizes(
    log,
    space,
    settle,
    () => start?.isExpecting() === true && settle(),
  )
  const unwatch = watchPerson(log, { onLeave: letGo, onFocusInside })
  log.addEventListener('scroll', onScroll, { passive: true })
  const unsubscribe = store.subscribe(onChange)

  return {
    toEnd() {
      take('end')
      tell()
      const { left } = look()
      const isCalm = log.ownerDocument.defaultView?.matchMedia(calm).matches === true
      const isFar = left > 2 * log.clientHeight
      log.scrollTo({ top: log.scrollHeight, behavior: isCalm || isFar ? 'instant' : 'smooth' })
    },
    letGo,
    stop() {
      unsubscribe()
      log.removeEventListener('scroll', onScroll)
      unwatch()
      unobserve()
      start?.clear()
      log.style.setProperty('overflow-anchor', ownAnchoring)
    },
  }
}

const calm = '(prefers-reduced-motion: reduce)'
