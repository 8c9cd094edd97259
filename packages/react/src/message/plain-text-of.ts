import { textOf } from '@fluokit/core'
import type { ChatMessage } from '../chat-messages.ts'

/** What a message says as text: a person's words, or the text parts of an answer. */
export function plainTextOf(message: ChatMessage): string {
  return message.role === 'user' ? message.input.query : textOf(message)
}

/** Whether it says anything as text. Joins nothing. */
export function hasText(message: ChatMessage): boolean {
  if (message.role === 'user') return message.input.query !== ''
  return message.parts.some(
    (part) => part.type === 'text' && part.chunks.some((chunk) => chunk !== ''),
  )
}
