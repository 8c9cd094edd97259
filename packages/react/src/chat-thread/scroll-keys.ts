import type { KeyboardEvent } from 'react'

/** Whether a key scrolls a log up by itself, which has somewhere to go. */
export function isScrollUp({ key, shiftKey, target, currentTarget }: KeyboardEvent): boolean {
  if (currentTarget.scrollTop <= 0 || isWritten(target)) return false
  if (!(target instanceof Node) || !currentTarget.contains(target)) return false // of a portal
  return key === 'PageUp' || key === 'ArrowUp' || key === 'Home' || (key === ' ' && shiftKey)
}

/** Whether keys write or choose there instead of scrolling. */
export function isWritten(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}
