'use client'
import type { ThreadSummary } from '@fluokit/core'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ItemScope } from './item-scope.tsx'
import { ThreadListContext } from './thread-list-context.ts'

export type ThreadListItemsState = Record<never, never>

export interface ThreadListItemsProps extends Omit<
  PartProps<'ul', ThreadListItemsState>,
  'children'
> {
  /** Renders one conversation: a ThreadList.Item. Give it the same function each time, and one that has not changed never renders again. */
  readonly children: (thread: ThreadSummary) => ReactNode
}

/**
 * Every conversation, newest first, each in a context of its own. Renders a `<ul>`, and nothing where there is none. One that
 * throws takes nothing else down. When one changes, it and nothing else renders again.
 */
export function ThreadListItems({ children, ...props }: ThreadListItemsProps): ReactNode {
  const view = useRequired(ThreadListContext, '<ThreadList.Items>', 'ThreadList.Root')
  const { threads, active, renaming, tabStop } = view
  const element = usePart('ul', props, {
    part: 'thread-list-items',
    state: {},
    props: {
      role: 'list', // Safari takes a list without bullets for none
      children: threads.map((thread) => (
        <ItemScope
          key={thread.threadKey}
          thread={thread}
          isActive={thread.threadKey === active}
          isRenaming={thread.threadKey === renaming}
          isTabStop={thread.threadKey === tabStop}
        >
          {children}
        </ItemScope>
      )),
    },
  })
  return threads.length === 0 ? null : element
}
