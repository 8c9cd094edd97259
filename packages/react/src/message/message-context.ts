'use client'
import type { Part } from '@fluokit/core'
import { createContext, use, type Context } from 'react'
import { useRequired } from '../contexts.ts'
import type { ChatMessage } from '../chat-messages.ts'
import { useIsHydrated } from '../part/use-is-hydrated.ts'
import { isOpen } from './growth.ts'
import { PartContext, type PartScope } from './part-scope.ts'
import { TurnContext } from './turn-scope.ts'

/** The message around. While it is open, without the growth of its newest part. */
export const MessageContext: Context<ChatMessage | null> = createContext<ChatMessage | null>(null)

/** How a message learns whether the page has come alive, told by the list: a listener for each would cost more than the rest of its name. */
export const HydrationContext: Context<() => boolean> = createContext(useIsHydrated)

/** The place of the message around in its thread, from 1; null in a list that renders all of them. */
export const MessagePositionContext: Context<number | null> = createContext<number | null>(null)

/** How many messages the thread has; null in a list that renders all of them. */
export const MessageCountContext: Context<number | null> = createContext<number | null>(null)

/** The message of the `ChatThread.Messages` above. Re-renders when that message changes; with text that grows only once its `parts` have been read. Throws outside of it. */
export function useMessage(): ChatMessage {
  const message = useMessageOutline()
  const growth = isOpen(message) ? use(TurnContext)?.growth : null
  return growth?.watch(message) ?? message
}

/** The same, for what does not show its text: an open message keeps the text of its newest part as it began. Never re-renders because that grows. */
export function useMessageOutline(): ChatMessage {
  return useRequired(MessageContext, 'A part of a message', 'ChatThread.Messages')
}

/** The part of the `Message.Parts` above. Re-renders when that part changes; with text that grows only once its `chunks` have been read. Throws outside of it. */
export function useMessagePart(): Part {
  const { part, growing } = usePartScope()
  return growing?.watched ?? part
}

/** The same and its place among the others; its text is what it was when the part began. Never re-renders because that grows. */
export function usePartScope(): PartScope {
  return useRequired(PartContext, 'A part of a message', 'Message.Parts')
}

/** Whether the message around is the thread's last. */
export function useIsNewest(): boolean {
  return use(TurnContext)?.newestId === useMessageOutline().id
}
