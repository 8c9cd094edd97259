'use client'
import { memo, use, useState, type ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { GrowingLine } from './growing-line.tsx'
import { MessageContext, useMessagePart } from './message-context.ts'

export type MessageTextState = Record<never, never>
export type MessageTextProps = PartProps<'div', MessageTextState>

/** Lines are rendered in groups of this size, so that a frame compares groups and renders the last one only. */
const groupSize = 32
const preWrap = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

/**
 * The text of the part around, of any part that has some. Renders a `<div dir="auto">` with a `<div>` for each line
 * that has ended and one for the line that grows; its text is the part's, to the character. Inline style: `white-space: pre-wrap`.
 * Re-renders with its part; a settled line never does, and what is selected stays selected while the text grows.
 */
export function MessageText(props: MessageTextProps): ReactNode {
  const part = useMessagePart()
  const message = use(MessageContext)
  // For good: another kind of line would be another element.
  const [isGrowing] = useState(message?.role === 'assistant' && message.end === null)
  const chunks = 'chunks' in part ? part.chunks : []
  return usePart('div', props, {
    part: 'message-text',
    state: {},
    props: {
      dir: 'auto',
      style: preWrap,
      children: groupsOf(chunks).map((texts, index) => (
        <Lines key={index} texts={texts} isGrowing={isGrowing} />
      )),
    },
  })
}

/** In lists of their own: a settled group would otherwise hold on to the list of all lines as it was then. */
function groupsOf(chunks: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(chunks.length / groupSize) }, (_, group) =>
    chunks.slice(group * groupSize, (group + 1) * groupSize),
  )
}

interface LinesProps {
  readonly texts: readonly string[]
  readonly isGrowing: boolean
}

const Lines = memo(function Lines({ texts, isGrowing }: LinesProps): ReactNode {
  return texts.map((text, index) =>
    isGrowing ? <GrowingLine key={index} text={text} /> : <div key={index}>{text}</div>,
  )
}, hasSameTexts)

function hasSameTexts({ texts: before }: LinesProps, { texts: after }: LinesProps): boolean {
  return before.length === after.length && after.every((text, index) => text === before[index])
}
