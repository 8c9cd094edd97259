'use client'
import { memo, useMemo, type NamedExoticComponent, type ReactNode } from 'react'
import type { TurnGroup as Group } from './group-turns.ts'
import type { ChatThreadMessagesProps } from './messages.tsx'
import { TurnMessages } from './turn-messages.tsx'
import { useNewestTurn } from './use-newest-turn.ts'

interface TurnGroupProps extends ChatThreadMessagesProps {
  readonly group: Group
  /** Whether the thread's newest turn is the last one of the group. */
  readonly hasNewest: boolean
}

/** The messages of some turns in a row. Renders again when one of these turns comes, goes, settles, or changes in more than its text. */
export const TurnGroup: NamedExoticComponent<TurnGroupProps> = memo(function TurnGroup({
  group: { turns },
  hasNewest,
  children,
  fallback,
}: TurnGroupProps): ReactNode {
  const { newest, growth } = useNewestTurn(hasNewest)
  const last = hasNewest ? turns.at(-1) : undefined
  const settled = useMemo(
    () =>
      turns.map(
        (turn) =>
          turn !== last && (
            <TurnMessages key={turn.id} turn={turn} growth={null} fallback={fallback}>
              {children}
            </TurnMessages>
          ),
      ),
    [turns, last, children, fallback],
  )
  if (last === undefined || last.id !== newest?.id) return settled
  return [
    ...settled,
    <TurnMessages key={last.id} turn={newest} growth={growth} fallback={fallback}>
      {children}
    </TurnMessages>,
  ]
})
