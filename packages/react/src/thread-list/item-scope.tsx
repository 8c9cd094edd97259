'use client'
import type { ThreadSummary } from '@fluokit/core'
import { memo, useMemo, useRef, type NamedExoticComponent, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { ThreadListItemContext, type ThreadListEntry } from './item-context.ts'

interface Inner {
  readonly thread: ThreadSummary
  readonly children: (thread: ThreadSummary) => ReactNode
}

type ItemScopeProps = Inner & Omit<ThreadListEntry, 'hasInputRef'>

/**
 * One conversation in a context of its own; its title stands in the place of one whose rendering throws. Re-renders when something of it
 * changes, and only its parts where that is no more than whether it is shown, renamed or next in line for Tab.
 */
export const ItemScope: NamedExoticComponent<ItemScopeProps> = memo(function ItemScope({
  thread,
  isActive,
  isRenaming,
  isTabStop,
  children,
}: ItemScopeProps): ReactNode {
  const hasInputRef = useRef(false)
  const entry = useMemo(
    () => ({ thread, isActive, isRenaming, isTabStop, hasInputRef }),
    [thread, isActive, isRenaming, isTabStop],
  )
  return (
    <ThreadListItemContext value={entry}>
      <Content thread={thread}>{children}</Content>
    </ThreadListItemContext>
  )
})

const Content = memo(function Content({ thread, children }: Inner): ReactNode {
  return (
    <Guard fallback={() => <li dir="auto">{thread.title}</li>}>
      <Render item={thread}>{children}</Render>
    </Guard>
  )
})
