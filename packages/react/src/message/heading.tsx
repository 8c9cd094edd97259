'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { visuallyHidden } from '../part/visually-hidden.ts'
import { useMessageOutline } from './message-context.ts'
import { useMessageName } from './use-message-name.ts'

/** `data-role`. */
export type MessageHeadingState = { readonly role: 'user' | 'assistant' }
export type MessageHeadingProps = PartProps<'h3', MessageHeadingState> & {
  /** The heading's level, so that it fits into the page around. @default 3 */
  readonly level?: 2 | 3 | 4 | 5 | 6 | undefined
}

/**
 * Who speaks and when, as a heading to jump to. Renders an `<h3>` that is hidden from sight by inline style; give it
 * a `style` of your own to show it. Re-renders when its message changes.
 */
export function MessageHeading({ level = 3, ...props }: MessageHeadingProps): ReactNode {
  const { role } = useMessageOutline()
  const name = useMessageName()
  return usePart(`h${level}` as 'h3', props, {
    part: 'message-heading',
    state: { role },
    props: { children: name, ...(props.style === undefined && { style: visuallyHidden }) },
  })
}
