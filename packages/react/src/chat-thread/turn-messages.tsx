'use client'
import type { Turn } from '@fluokit/core'
import { memo, useMemo, type NamedExoticComponent, type ReactNode } from 'react'
import { messagesOfTurn } from '../chat-messages.ts'
import type { Growth } from '../message/growth.ts'
import { Guarded } from '../message/guarded.tsx'
import { MessageContext, MessagePositionContext } from '../message/message-context.ts'
import { plainTextOf } from '../message/plain-text-of.ts'
import { TurnContext } from '../message/turn-scope.ts'
import type { ChatThreadMessagesProps } from './messages.tsx'

export interface TurnMessagesProps {
  readonly turn: Turn
  /** How the thread's newest turn is followed; null for any other. */
  readonly growth: Growth | null
  /** How many messages stand before this turn, for a list that does not render all of them. */
  readonly before?: number
  readonly children: ChatThreadMessagesProps['children']
  readonly fallback: ChatThreadMessagesProps['fallback']
}

/** The messages of one turn, in order, each in a context of its own. */
export const TurnMessages: NamedExoticComponent<TurnMessagesProps> = memo(function TurnMessages({
  turn,
  growth,
  before,
  children,
  fallback,
}: TurnMessagesProps): ReactNode {
  const { input } = turn
  const messages = messagesOfTurn(turn)
  const newestId = growth === null ? null : (messages.at(-1)?.id ?? null)
  const scope = useMemo(() => ({ input, newestId, growth }), [input, newestId, growth])
  return (
    <TurnContext value={scope}>
      {messages.map((message, index) => {
        const guarded = (
          <Guarded
            key={message.id}
            item={growth?.watch(message) ?? message}
            scope={message}
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
    </TurnContext>
  )
})
