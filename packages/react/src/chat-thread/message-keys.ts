import type { KeyboardEvent } from 'react'
import { isWritten } from './scroll-keys.ts'

const anyMessage = '[data-part="message-root"]'

/**
 * Moves the focus to another message of a log, and tells whether the key was one that does: Alt+ArrowUp and
 * Alt+ArrowDown from anywhere inside, Home and End from a message itself.
 */
export function moveToMessage(event: KeyboardEvent<HTMLElement>): boolean {
  const { currentTarget: log, target } = event
  if (!(target instanceof Element) || !log.contains(target) || isWritten(target)) return false
  const messages = [...log.querySelectorAll<HTMLElement>(anyMessage)]
  const place = placeOf(event, messages, target)
  if (place === null) return false
  event.preventDefault()
  messages[place]?.focus()
  return true
}

/** The index of the message to go to, or null for a key that goes to none. */
function placeOf(
  { key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent,
  messages: readonly HTMLElement[],
  target: Element,
): number | null {
  if (ctrlKey || metaKey || shiftKey || messages.length === 0) return null
  const last = messages.length - 1
  const here = messages.findIndex((message) => message.contains(target))
  if (altKey && key === 'ArrowUp') return here === -1 ? last : Math.max(0, here - 1)
  if (altKey && key === 'ArrowDown') return here === -1 ? null : Math.min(last, here + 1)
  if (altKey || messages[here] !== target) return null
  if (key === 'Home') return 0
  return key === 'End' ? last : null
}
