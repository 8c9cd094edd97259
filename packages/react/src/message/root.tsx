'use client'
import { use, type ReactNode } from 'react'
import type { ChatMessage } from '../chat-messages.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import {
  MessageCountContext,
  MessagePositionContext,
  useMessageOutline,
} from './message-context.ts'
import { messageStatus, type MessageStatus as MessageStatusName } from './message-status.ts'
import { useMessageName } from './use-message-name.ts'

/** `data-role` (`user` `assistant`); of an assistant's message `data-status` (`pending` `streaming`, then how it ended). */
export type MessageRootState = {
  readonly role: ChatMessage['role']
  readonly status: MessageStatusName | null
}
export type MessageRootProps = PartProps<'article', MessageRootState>

// What is hidden inside is laid out inside: in the page's own layout it would cost every frame something, in every message.
const contained = { position: 'relative' } as const

/**
 * One message. Renders an `<article>` named after who speaks and when, which can be focused by script and is no tab stop.
 * Inline style: `position: relative`. Re-renders when its message changes. In a list that renders only what is near the view it
 * says where it stands in the thread (`aria-posinset`, `aria-setsize`), and re-renders when a message is added.
 */
export function MessageRoot(props: MessageRootProps): ReactNode {
  const message = useMessageOutline()
  const name = useMessageName()
  const position = use(MessagePositionContext)
  const count = use(MessageCountContext)
  const { role } = message
  return usePart('article', props, {
    part: 'message-root',
    state: { role, status: messageStatus(message) },
    props: {
      'aria-label': name,
      tabIndex: -1,
      style: contained,
      ...(position !== null && { 'aria-posinset': position }),
      ...(count !== null && { 'aria-setsize': count }),
    },
  })
}
