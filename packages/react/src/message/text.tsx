'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { usePartScope } from './message-context.ts'
import { TextLines } from './text-lines.tsx'

export type MessageTextState = Record<never, never>
export type MessageTextProps = PartProps<'div', MessageTextState>

const preWrap = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

/**
 * The text of the part around, of any part that has some. Renders a `<div dir="auto">`, in it a `<div>` with one for each of
 * the first 32 lines and one for every 32 lines after these; its text is the part's, to the character. Inline style: `white-space: pre-wrap`.
 * Re-renders when its part begins and ends: what comes in between is written into the page as it comes, no settled line is touched, and
 * what is selected stays selected.
 */
export function MessageText(props: MessageTextProps): ReactNode {
  const { part, growing } = usePartScope()
  return usePart('div', props, {
    part: 'message-text',
    state: {},
    props: {
      dir: 'auto',
      style: preWrap,
      children: <TextLines texts={'chunks' in part ? part.chunks : noLines} growing={growing} />,
    },
  })
}

const noLines: readonly string[] = []
