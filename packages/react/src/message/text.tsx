'use client'
import { memo, type ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessagePart } from './message-context.ts'

export type MessageTextState = Record<never, never>
export type MessageTextProps = PartProps<'div', MessageTextState>

/** Chunks are rendered in groups of this size, so that a frame compares groups and renders the last one only. */
const groupSize = 32
const preWrap = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

/**
 * The text of the part around, of any part that has some. Renders a `<div dir="auto">` with a `<div>` for each line
 * that has ended and one for the line that grows; its text is the part's, to the character. Inline style: `white-space: pre-wrap`.
 * Re-renders with its part; a settled line never does.
 */
export function MessageText(props: MessageTextProps): ReactNode {
  const part = useMessagePart()
  const chunks = 'chunks' in part ? part.chunks : []
  const groups = Array.from({ length: Math.ceil(chunks.length / groupSize) }, (_, group) => (
    <ChunkGroup key={group} chunks={chunks} from={group * groupSize} />
  ))
  return usePart('div', props, {
    part: 'message-text',
    state: {},
    props: { dir: 'auto', style: preWrap, children: groups },
  })
}

interface ChunkGroupProps {
  readonly chunks: readonly string[]
  readonly from: number
}

const ChunkGroup = memo(function ChunkGroup({ chunks, from }: ChunkGroupProps): ReactNode {
  return chunks
    .slice(from, from + groupSize)
    .map((chunk, index) => <Chunk key={from + index} text={chunk} />)
}, isSameGroup)

const Chunk = memo(function Chunk({ text }: { readonly text: string }): ReactNode {
  return <div>{text}</div>
})

function isSameGroup(before: ChunkGroupProps, after: ChunkGroupProps): boolean {
  for (let index = after.from; index < after.from + groupSize; index += 1) {
    if (before.chunks[index] !== after.chunks[index]) return false
  }
  return true
}
