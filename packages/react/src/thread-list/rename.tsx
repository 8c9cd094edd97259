'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useEntry } from './use-entry.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

export type ThreadListRenameState = Record<never, never>
export type ThreadListRenameProps = PartProps<'button', ThreadListRenameState>

/**
 * Begins to rename the conversation, in the ThreadList.RenameInput beside it; without one a press does nothing of its own. Renders a
 * `<button>` with the title in its name, and nothing while the title is written.
 */
export function ThreadListRename(props: ThreadListRenameProps): ReactNode {
  const { rename, renameThread, untitled } = useThreadListLabels()
  const { thread, isRenaming, isTabStop, hasInputRef, actions } = useEntry('Rename')
  const element = usePart('button', props, {
    part: 'thread-list-rename',
    state: {},
    props: {
      type: 'button',
      tabIndex: isTabStop ? 0 : -1,
      'aria-label': renameThread(thread.title ?? untitled),
      children: rename,
      onClick(event) {
        // Without an input the Trigger would go away, and never come back.
        if (!event.defaultPrevented && hasInputRef.current) actions.startRename(thread.threadKey)
      },
    },
  })
  return isRenaming ? null : element
}
