'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useEntry } from './use-entry.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

/** `data-untitled` where the word for that stands in the place of a title. */
export type ThreadListTitleState = { readonly isUntitled: boolean }
export type ThreadListTitleProps = PartProps<'span', ThreadListTitleState>

/** What the conversation is called: by the person, else by its first words. Renders a `<span>`. */
export function ThreadListTitle(props: ThreadListTitleProps): ReactNode {
  const { untitled } = useThreadListLabels()
  const { title } = useEntry('Title').thread
  return usePart('span', props, {
    part: 'thread-list-title',
    state: { isUntitled: title === null },
    props: { dir: title === null ? undefined : 'auto', children: title ?? untitled },
  })
}
