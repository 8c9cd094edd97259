'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ThreadListContext } from './thread-list-context.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

export type ThreadListEmptyState = Record<never, never>
export type ThreadListEmptyProps = PartProps<'div', ThreadListEmptyState>

/** Stands where there is no conversation. Renders a `<div>` once what is stored has been read and there is none, and nothing otherwise. */
export function ThreadListEmpty(props: ThreadListEmptyProps): ReactNode {
  const { empty } = useThreadListLabels()
  const view = useRequired(ThreadListContext, '<ThreadList.Empty>', 'ThreadList.Root')
  const element = usePart('div', props, {
    part: 'thread-list-empty',
    state: {},
    props: { children: empty },
  })
  return view.isRestoring || view.threads.length > 0 ? null : element
}
