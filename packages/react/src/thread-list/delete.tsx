'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useEntry } from './use-entry.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

export type ThreadListDeleteState = Record<never, never>
export type ThreadListDeleteProps = PartProps<'button', ThreadListDeleteState>

/**
 * Forgets the conversation: its messages, its draft and its reference, in this browser. An open run is stopped. The thread on the server remains. Renders a `<button>`
 * with the title in its name. `onDelete` of the root may keep it from happening. It goes away with the conversation: the focus moves
 * to the next one's Trigger, else to the one before, else to New.
 */
export function ThreadListDelete(props: ThreadListDeleteProps): ReactNode {
  const labels = useThreadListLabels()
  const { thread, isTabStop, actions } = useEntry('Delete')
  return usePart('button', props, {
    part: 'thread-list-delete',
    state: {},
    props: {
      type: 'button',
      tabIndex: isTabStop ? 0 : -1,
      'aria-label': labels.deleteThread(thread.title ?? labels.untitled),
      children: labels.delete,
      onClick(event) {
        if (!event.defaultPrevented) actions.remove(thread, event.nativeEvent)
      },
    },
  })
}
