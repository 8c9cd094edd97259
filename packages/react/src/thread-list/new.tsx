'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ThreadListActionsContext } from './thread-list-actions.ts'
import { ThreadListContext } from './thread-list-context.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

/** `data-active` while a conversation is shown in which nothing was asked yet. */
export type ThreadListNewState = { readonly isActive: boolean }
export type ThreadListNewProps = PartProps<'button', ThreadListNewState>

/**
 * Shows a conversation in which nothing was asked yet: the one there is, or a fresh one, so that there are never two. It is in the
 * list, and in what is stored, from its first question on. Renders a `<button>`, `aria-current` while such a one is shown.
 */
export function ThreadListNew(props: ThreadListNewProps): ReactNode {
  const labels = useThreadListLabels()
  const actions = useRequired(ThreadListActionsContext, '<ThreadList.New>', 'ThreadList.Root')
  const view = useRequired(ThreadListContext, '<ThreadList.New>', 'ThreadList.Root')
  const { threads, isRestoring, active } = view
  const isActive = !isRestoring && threads.every(({ threadKey }) => threadKey !== active)
  return usePart('button', props, {
    part: 'thread-list-new',
    state: { isActive },
    ref: actions.setNew,
    props: {
      type: 'button',
      'aria-current': isActive ? 'true' : undefined,
      'aria-label': nameOfIcon(props.children, labels.new),
      children: labels.new,
      onClick(event) {
        if (!event.defaultPrevented) actions.begin(event.nativeEvent)
      },
    },
  })
}
