'use client'
import type { ReactNode } from 'react'
import type { ChatMessage } from '../chat-messages.ts'
import { HydrationContext } from '../message/message-context.ts'
import { useHydration } from '../part/use-hydration.ts'
import { TurnGroup } from './turn-group.tsx'
import { useListedTurns } from './use-listed-turns.ts'
import { useTurnGroups } from './use-turn-groups.ts'
import { useWarmMoments } from './use-warm-moments.ts'

export interface ChatThreadMessagesProps {
  /** Renders one message. Give it the same function each time, and settled messages never render again. */
  readonly children: (message: ChatMessage) => ReactNode
  /** Renders in the place of a message whose rendering threw. @default a sentence, and its text as it is */
  readonly fallback?: ((message: ChatMessage, error: unknown) => ReactNode) | undefined
}

/**
 * Every message of the thread, in order, each in a context of its own. Renders no element. Re-renders when a turn
 * is added. A message renders again for each part that begins or ends, and nothing does while its text grows, unless code
 * of the app's reads that text: then the message it reads does, at most once a frame.
 *
 * A message whose rendering throws takes nothing else down: the child function, what it renders, its effects and the
 * labels that it reads are guarded. Event handlers, what is awaited and everything outside of the list are not.
 */
export function ChatThreadMessages({ children, fallback }: ChatThreadMessagesProps): ReactNode {
  const groups = useTurnGroups(useListedTurns())
  const learnHydrated = useHydration()
  useWarmMoments()
  return (
    <HydrationContext value={learnHydrated}>
      {groups.map((group, index) => (
        <TurnGroup
          key={group.id}
          group={group}
          hasNewest={index === groups.length - 1}
          fallback={fallback}
        >
          {children}
        </TurnGroup>
      ))}
    </HydrationContext>
  )
}
