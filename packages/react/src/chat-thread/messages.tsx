'use client'
import type { Turn } from '@fluokit/core'
import { memo, useSyncExternalStore, type ReactNode } from 'react'
import { messagesOfTurn, type ChatMessage } from '../chat-messages.ts'
import { Guarded } from '../message/guarded.tsx'
import { IsNewestContext, MessageContext, TurnInputContext } from '../message/message-context.ts'
import { plainTextOf } from '../message/plain-text-of.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'

export interface ChatThreadMessagesProps {
  /** Renders one message. Give it the same function each time, and settled messages never render again. */
  readonly children: (message: ChatMessage) => ReactNode
  /** Renders in the place of a message whose rendering threw. @default a sentence, and its text as it is */
  readonly fallback?: ((message: ChatMessage, error: unknown) => ReactNode) | undefined
}

/**
 * Every message of the thread, in order, each in a context of its own. Renders no element. Re-renders when a turn
 * is added; while an answer streams only the messages of its turn that changed do.
 *
 * A message whose rendering throws takes nothing else down: the child function, what it renders, its effects and the
 * labels that it reads are guarded. Event handlers, what is awaited and everything outside of the list are not.
 */
export function ChatThreadMessages({ children, fallback }: ChatThreadMessagesProps): ReactNode {
  const { store } = useThread()
  const count = useThreadState((state) => state.turns.length)
  // The turn before the newest stands for all settled ones: only a reset or a restored thread can change it.
  useThreadState((state) => state.turns.at(-2))
  // A turn sent in the task of a reset changes neither of the two.
  useThreadState((state) => state.turns.at(-1)?.id)
  const { turns } = store.getState()
  return turns.slice(0, count).map((turn, index) => (
    <TurnMessages
      key={turn.id}
      turn={index === count - 1 ? null : turn}
      id={turn.id}
      fallback={fallback}
    >
      {children}
    </TurnMessages>
  ))
}

interface Inner {
  readonly children: ChatThreadMessagesProps['children']
  readonly fallback: ChatThreadMessagesProps['fallback']
}

interface TurnMessagesProps extends Inner {
  readonly id: string
  /** A settled turn, or null for the newest, which is followed in the store. */
  readonly turn: Turn | null
}

const TurnMessages = memo(function TurnMessages({
  id,
  turn,
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
      {messages.map((message) => (
        // Around the memoised scope: only who asks renders again where a message is the newest no more.
        <IsNewestContext key={message.id} value={message === last}>
          <MessageScope message={message} fallback={fallback}>
            {children}
          </MessageScope>
        </IsNewestContext>
      ))}
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
