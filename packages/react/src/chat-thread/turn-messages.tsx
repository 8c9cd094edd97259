'use client'
import type { Turn } from '@fluokit/core'
import { memo, useSyncExternalStore, type NamedExoticComponent, type ReactNode } from 'react'
import { messagesOfTurn, type ChatMessage } from '../chat-messages.ts'
import { Guarded } from '../message/guarded.tsx'
import {
  IsNewestContext,
  MessageContext,
  MessagePositionContext,
  TurnInputContext,
} from '../message/message-context.ts'
import { plainTextOf } from '../message/plain-text-of.ts'
import { useThread } from '../use-thread.ts'
import type { ChatThreadMessagesProps } from './messages.tsx'

interface Inner {
  readonly children: ChatThreadMessagesProps['children']
  readonly fallback: ChatThreadMessagesProps['fallback']
}

export interface TurnMessagesProps extends Inner {
  readonly id: string
  /** A settled turn, or null for the newest, which is followed in the store. */
  readonly turn: Turn | null
  /** How many messages stand before this turn, for a list that does not render all of them. */
  readonly before?: number
}

/** The messages of one turn, in order, each in a context of its own. */
export const TurnMessages: NamedExoticComponent<TurnMessagesProps> = memo(function TurnMessages({
  id,
  turn,
  before,
  children,
  fallback,
}: TurnMessagesProps): ReactNode {
  const newest = useNewestTurn(turn === null)
  const shown = turn ?? newest
  if (shown === null || shown.id !== id) return null
  const messages = messagesOfTurn(shown)
  const last = turn === null ? messages.at(-1) : undefined
  return (
    <TurnInputContext value={shown.input}>
      {messages.map((message, index) => {
        const scope = (
          <MessageScope message={message} fallback={fallback}>
            {children}
          </MessageScope>
        )
        // Around the memoised scope: only who asks renders again where a message is the newest no more.
        return (
          <IsNewestContext key={message.id} value={message === last}>
            {before === undefined ? (
              scope
            ) : (
              <MessagePositionContext value={before + index + 1}>{scope}</MessagePositionContext>
            )}
          </IsNewestContext>
        )
      })}
    </TurnInputContext>
  )
})

/** The newest turn while it is followed: a settled turn costs no listener. */
function useNewestTurn(isFollowed: boolean): Turn | null {
  const { store } = useThread()
  return useSyncExternalStore(
    isFollowed ? store.subscribe : subscribeToNothing,
    () => (isFollowed ? (store.getState().turns.at(-1) ?? null) : null),
    () => (isFollowed ? (store.getInitialState().turns.at(-1) ?? null) : null),
  )
}

function subscribeToNothing(): () => void {
  return () => undefined
}

interface MessageScopeProps extends Inner {
  readonly message: ChatMessage
}

const MessageScope = memo(function MessageScope({
  message,
  children,
  fallback,
}: MessageScopeProps): ReactNode {
  return (
    <MessageContext value={message}>
      <Guarded item={message} fallback={fallback} textOf={plainTextOf}>
        {children}
      </Guarded>
    </MessageContext>
  )
})
