import type { ClipboardEvent } from 'react'

/** From this many UTF-16 units on, finding the direction of each line costs seconds where there are many. */
const large = 20_000

type Direction = 'auto' | 'ltr' | 'rtl'

/** The direction of a text in an input: each line has its own, and a large text the one it begins with. */
export function directionOf(text: string): Direction {
  if (text.length < large) return 'auto'
  return /^\P{L}*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u.test(text.slice(0, 1000))
    ? 'rtl'
    : 'ltr'
}

/**
 * Pastes a large text with its direction set before: Chromium freezes for seconds over a megabyte in `dir="auto"`.
 * The price is that such a paste cannot be undone. A smaller one is left to the browser.
 */
export function pasteLargeText(event: ClipboardEvent<HTMLTextAreaElement>): void {
  if (event.defaultPrevented) return
  const text = event.clipboardData.getData('text/plain')
  const input = event.currentTarget
  if (text.length < large || input.readOnly || input.disabled) return
  event.preventDefault()
  input.dir = directionOf(input.value.slice(0, input.selectionStart) + text)
  input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end')
  if (input.selectionEnd === input.value.length) input.scrollTop = input.scrollHeight
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))
}
