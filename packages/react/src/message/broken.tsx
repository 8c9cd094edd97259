'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'

interface BrokenProps {
  /** What it says, as plain text. */
  readonly text: string
}

const preWrap = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

/** What stands in the place of a message, or a part of one, whose rendering threw: a sentence, and its text as it is. */
export function Broken({ text }: BrokenProps): ReactNode {
  const { broken } = useLabels()
  return (
    <div data-part="broken">
      <div data-part="broken-note">{broken}</div>
      <div dir="auto" style={preWrap}>
        {text}
      </div>
    </div>
  )
}
