'use client'
import type { Turn } from '@fluokit/core'
import { memo, useSyncExternalStore, type NamedExoticComponent, type ReactNode } from 'react'
import { messagesOfTurn } from '../chat-messages.ts'
import { Guarded } from '../message/guarded.tsx'
import {
  MessageContext,
  MessagePositionContext,
  NewestIdContext,
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
      <NewestIdContext value={last?.id ?? null}>
        {messages.map((message, index) => {
          const guarded = (
            <Guarded
              key={message.id}
              item={message}
              context={MessageContext}
              fallback={fallback}
              textOf={plainTextOf}
            >
              {children}
            </Guarded>
          )
          return before === undefined ? (
            guarded
          ) : (
            <MessagePositionContext key={message.id} value={before + index + 1}>
              {guarded}
            </MessagePositionContext>
          )
        })}
      </NewestIdContext>
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
