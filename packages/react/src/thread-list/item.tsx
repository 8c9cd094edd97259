'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useEntry } from './use-entry.ts'

/** `data-active` while it is shown, `data-running` while it is being answered, `data-renaming` while its title is written. */
export type ThreadListItemState = {
  readonly isActive: boolean
  readonly isRunning: boolean
  readonly isRenaming: boolean
}
export type ThreadListItemProps = PartProps<'li', ThreadListItemState>

/** A conversation in the list. Renders an `<li>`. Re-renders when something of it changes. */
export function ThreadListItem(props: ThreadListItemProps): ReactNode {
  const { thread, isActive, isRenaming, actions } = useEntry('Item')
  return usePart('li', props, {
    part: 'thread-list-item',
    state: { isActive, isRunning: thread.isRunning, isRenaming },
    props: { onFocus: () => actions.visit(thread.threadKey) },
  })
}
