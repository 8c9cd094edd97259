import type { ChatMessage } from '../chat-messages.ts'

/** When a message was sent or began to arrive, in milliseconds since the epoch; null where no page saw it. */
export function momentOf(message: ChatMessage): number | null {
  const at = message.role === 'user' ? message.sentAt : message.startedAt
  return at === undefined || at <= 0 ? null : at
}
