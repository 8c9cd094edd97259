'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessagePart } from './message-context.ts'
import { TextLines } from './text-lines.tsx'

export type MessageTextState = Record<never, never>
export type MessageTextProps = PartProps<'div', MessageTextState>

/** Lines are rendered in groups of this size, so that a frame compares groups, and renders and lays out the last one only. */
const groupSize = 32
const preWrap = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

/**
 * The text of the part around, of any part that has some. Renders a `<div dir="auto">`, in it a `<div>` for every 32
 * lines, and in that one for each line; its text is the part's, to the character. Inline style: `white-space: pre-wrap`.
 * Re-renders with its part; a settled line never does, and what is selected stays selected while the text grows.
 */
export function MessageText(props: MessageTextProps): ReactNode {
  const part = useMessagePart()
  const chunks = 'chunks' in part ? part.chunks : []
  return usePart('div', props, {
    part: 'message-text',
    state: {},
    props: {
      dir: 'auto',
      style: preWrap,
      children: groupsOf(chunks).map((texts, index) => <TextLines key={index} texts={texts} />),
    },
  })
}

/** In lists of their own: a settled group would otherwise hold on to the list of all lines as it was then. */
function groupsOf(chunks: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(chunks.length / groupSize) }, (_, group) =>
    chunks.slice(group * groupSize, (group + 1) * groupSize),
  )
}
