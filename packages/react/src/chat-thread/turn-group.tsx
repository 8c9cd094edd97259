'use client'
import { memo, type NamedExoticComponent, type ReactNode } from 'react'
import type { TurnGroup as Group } from './group-turns.ts'
import type { ChatThreadMessagesProps } from './messages.tsx'
import { TurnMessages } from './turn-messages.tsx'

interface TurnGroupProps extends ChatThreadMessagesProps {
  readonly group: Group
  /** Whether the thread's newest turn is the last one of the group. */
  readonly hasNewest: boolean
}

/** The messages of some turns in a row. Renders again when one of these turns comes, goes or settles. */
export const TurnGroup: NamedExoticComponent<TurnGroupProps> = memo(function TurnGroup({
  group: { turns },
  hasNewest,
  children,
  fallback,
}: TurnGroupProps): ReactNode {
  return turns.map((turn, index) => (
    <TurnMessages
      key={turn.id}
      turn={hasNewest && index === turns.length - 1 ? null : turn}
      id={turn.id}
      fallback={fallback}
    >
      {children}
    </TurnMessages>
  ))
})
