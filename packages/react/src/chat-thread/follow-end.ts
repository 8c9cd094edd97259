import type { ReadableStore, ThreadState } from '@fluokit/core'
import type { LogScroll } from './root-context.ts'

/** This close to the end counts as the end, in pixels: zoomed pages stop at fractions. */
const nearEnd = 8

/**
 * Follows the end of a scrolling element while its children grow, and reports when it lets go and takes hold again.
 * `toEnd` goes to the end, at once for those who want no motion; `stop` takes every listener away.
 */
export function followEnd(
  element: HTMLElement,
  store: ReadableStore<ThreadState>,
  report: (scroll: Pick<LogScroll, 'isFollowing' | 'unread'>) => void,
): { readonly toEnd: () => void; readonly stop: () => void } {
  let isHeld = true
  let unread = 0
  let lastTop = element.scrollTop

  function hold(next: boolean): void {
    if (isHeld === next) return
    isHeld = next
    unread = 0
    report({ isFollowing: next, unread })
  }

  function stayAtEnd(): void {
    if (!isHeld || store.getState().turns.length === 0) return
    element.scrollTop = element.scrollHeight
    lastTop = element.scrollTop
  }

  function onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = element
    const left = scrollHeight - clientHeight - scrollTop
    // Growing content moves no scroll position and shrinking content leaves it at the very end: what moves up
    // otherwise is a person, however slowly.
    if (scrollTop < lastTop && left > 1) hold(false)
    else if (left <= nearEnd) hold(true)
    lastTop = scrollTop
  }

  function onSelectionChange(): void {
    const selection = element.ownerDocument.getSelection()
    if (!isHeld || selection === null || selection.isCollapsed) return
    if (element.contains(selection.anchorNode)) hold(false)
  }

  function onChange(state: ThreadState, before: ThreadState): void {
    if (state.turns.length > before.turns.length && state.status === 'submitted') {
      hold(true)
      stayAtEnd()
    } else if (!isHeld && begins(state, before)) {
      unread += 1
      report({ isFollowing: false, unread })
    }
  }

  const sizes = new ResizeObserver(stayAtEnd)
  const observeChildren = (): void => {
    sizes.disconnect()
    sizes.observe(element)
    for (const child of element.children) sizes.observe(child)
  }
  const children = new MutationObserver(observeChildren)
  children.observe(element, { childList: true })
  observeChildren()
  element.addEventListener('scroll', onScroll, { passive: true })
  element.ownerDocument.addEventListener('selectionchange', onSelectionChange)
  const unsubscribe = store.subscribe(onChange)

  return {
    toEnd() {
      const isCalm = element.ownerDocument.defaultView?.matchMedia(calm).matches === true
      const isFar = element.scrollHeight - element.scrollTop > 3 * element.clientHeight
      element.scrollTo({
        top: element.scrollHeight,
        behavior: isCalm || isFar ? 'instant' : 'smooth',
      })
    },
    stop() {
      unsubscribe()
      element.removeEventListener('scroll', onScroll)
      element.ownerDocument.removeEventListener('selectionchange', onSelectionChange)
      children.disconnect()
      sizes.disconnect()
    },
  }
}

const calm = '(prefers-reduced-motion: reduce)'

/** Whether a message has begun: only the newest run can begin one. */
function begins({ turns }: ThreadState, before: ThreadState): boolean {
  return turns.length > before.turns.length || messagesIn(turns) > messagesIn(before.turns)
}

function messagesIn(turns: ThreadState['turns']): number {
  return turns.at(-1)?.runs.at(-1)?.messages.length ?? 0
}
