'use client'
import { useEffect, useState, type ReactNode } from 'react'
import { createLiveRegion } from '../announcer/live-region.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { visuallyHidden } from '../part/visually-hidden.ts'
import { ThreadListActionsContext } from './thread-list-actions.ts'
import { ThreadListContext } from './thread-list-context.ts'
import { useThreadList, type ThreadListOptions } from './use-thread-list.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

export type ThreadListRootState = Record<never, never>

export interface ThreadListRootProps
  extends Omit<PartProps<'nav', ThreadListRootState>, keyof ThreadListOptions>, ThreadListOptions {}

/**
 * The conversations with one agent, to choose from: give `ChatThread.Root` the `threadKey` that it tells. Renders a `<nav>`, and after it a
 * `<div>` that is not seen, where a screen reader hears that one was deleted. When the conversation that is shown is gone, here or in
 * another tab, the newest other one is shown, or an empty one. The focus never falls out of it: of what is deleted it goes to the
 * neighbour's Trigger, or to New. Re-renders when the list changes, and what is chosen, renamed or focused in it; never with a delta.
 * Throws outside `<FluoProvider>`.
 */
export function ThreadListRoot(props: ThreadListRootProps): ReactNode {
  const { agentId, threadKey, defaultThreadKey, onThreadKeyChange, onDelete, ...rest } = props
  const labels = useThreadListLabels()
  const [region] = useState(createLiveRegion)
  const { attach } = region
  useEffect(() => () => region.clear(), [region])
  const options = { agentId, threadKey, defaultThreadKey, onThreadKeyChange, onDelete }
  const { view, actions, focusHandlers } = useThreadList(options, ({ title }) => {
    region.say(labels.announceDeleted(title ?? labels.untitled))
  })
  const element = usePart('nav', rest, {
    part: 'thread-list-root',
    state: {},
    props: { 'aria-label': labels.list, ...focusHandlers },
  })
  return (
    <ThreadListActionsContext value={actions}>
      <ThreadListContext value={view}>
        {element}
        <div
          ref={attach}
          data-part="thread-list-announcer"
          aria-live="polite"
          lang={rest.lang}
          style={visuallyHidden}
        />
      </ThreadListContext>
    </ThreadListActionsContext>
  )
}
