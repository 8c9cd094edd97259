/** Below this many pixels a finger trembles. */
const tremble = 3

/**
 * Tells of a person who leaves the end of a log before any scroll event can: with the wheel or a finger, by selecting,
 * or by reaching something inside with a keyboard. Returns what takes every listener away; none of them is in the way
 * of scrolling. What is read at the top, or fits the view, cannot be left by scrolling.
 */
export function watchPerson(
  log: HTMLElement,
  { onLeave, onFocusInside }: { readonly onLeave: () => void; readonly onFocusInside: () => void },
): () => void {
  const page = log.ownerDocument
  const leaving = new AbortController()
  const passive = { passive: true, signal: leaving.signal }
  let touchedAt: number | null = null

  log.addEventListener(
    'wheel',
    ({ deltaY, ctrlKey, shiftKey }) => {
      const isScroll = !ctrlKey && !shiftKey // and not zooming, or going sideways
      if (isScroll && deltaY < 0 && log.scrollTop > 0) onLeave()
    },
    passive,
  )
  log.addEventListener('touchstart', ({ touches }) => (touchedAt = onlyY(touches)), passive)
  log.addEventListener(
    'touchmove',
    ({ touches }) => {
      const y = onlyY(touches)
      const isDown = y !== null && touchedAt !== null && y - touchedAt > tremble
      if (isDown && log.scrollTop > 0) onLeave()
    },
    passive,
  )
  log.addEventListener(
    'focusin',
    ({ target }) => {
      if (target !== log && (target as Element).matches(':focus-visible')) onFocusInside()
    },
    passive,
  )
  page.addEventListener(
    'selectionchange',
    () => {
      const selection = page.getSelection()
      if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return
      // That of a whole page neither begins nor ends in the log.
      if (selection.getRangeAt(0).intersectsNode(log)) onLeave()
    },
    passive,
  )
  return () => leaving.abort()
}

/** Where the one finger is; two of them zoom. */
function onlyY(touches: TouchList): number | null {
  return touches.length === 1 ? (touches[0]?.clientY ?? null) : null
}
