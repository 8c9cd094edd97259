'use client'
import type { Part, TurnInput } from '@fluokit/core'
import { createContext, use, type Context } from 'react'
import { useRequired } from '../contexts.ts'
import type { ChatMessage } from '../chat-messages.ts'
import { useIsHydrated } from '../part/use-is-hydrated.ts'

/** The message around. */
export const MessageContext: Context<ChatMessage | null> = createContext<ChatMessage | null>(null)

/** The ID of the thread's last message, where it is in the turn around. Told by the turn, so that no earlier message need ask the store. */
export const NewestIdContext: Context<string | null> = createContext<string | null>(null)

/** How a message learns whether the page has come alive, told by the list: a listener for each would cost more than the rest of its name. */
export const HydrationContext: Context<() => boolean> = createContext(useIsHydrated)

/** The place of the message around in its thread, from 1; null in a list that renders all of them. */
export const MessagePositionContext: Context<number | null> = createContext<number | null>(null)

/** How many messages the thread has; null in a list that renders all of them. */
export const MessageCountContext: Context<number | null> = createContext<number | null>(null)

/** What was asked in the turn around. */
export const TurnInputContext: Context<TurnInput | null> = createContext<TurnInput | null>(null)

/** The part around. */
export const PartContext: Context<Part | null> = createContext<Part | null>(null)

/** The message of the `ChatThread.Messages` above. Re-renders when that message changes. Throws outside of it. */
export function useMessage(): ChatMessage {
  return useRequired(MessageContext, 'A part of a message', 'ChatThread.Messages')
}

/** The part of the `Message.Parts` above. Re-renders when that part changes. Throws outside of it. */
export function useMessagePart(): Part {
  return useRequired(PartContext, 'A part of a message', 'Message.Parts')
}

/** Whether the message around is the thread's last. */
export function useIsNewest(): boolean {
  return use(NewestIdContext) === useMessage().id
}
