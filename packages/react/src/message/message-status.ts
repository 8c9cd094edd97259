import type { RunEnd } from '@fluokit/core'
import type { ChatMessage } from '../chat-messages.ts'

/** `pending` before its first part, `streaming` while it is open, then how its run ended. */
export type MessageStatus = 'pending' | 'streaming' | RunEnd

/** Where an assistant's message stands: `pending` before its first part, `streaming`, then how it ended. A person's message has none. */
export function messageStatus(message: ChatMessage): MessageStatus | null {
  if (message.role === 'user') return null
  if (message.end !== null) return message.end
  return message.parts.length === 0 ? 'pending' : 'streaming'
}
