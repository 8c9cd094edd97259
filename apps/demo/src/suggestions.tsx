import { Suggestions, useThread, type Suggestion } from '@fluokit/react'
import type { ReactNode } from 'react'
import { comparePolicies } from './compare-policies.ts'

interface Card extends Suggestion {
  /** What it shows, in a line. @default what is asked */
  readonly line?: string
  readonly input: string
}

const compare: Card = {
  label: 'Compare two documents',
  line: 'Uploads a company’s travel policies of 2025 and 2026, and asks what has changed.',
  input: 'Can you compare the two uploaded policies?',
}

const cards: readonly Card[] = [
  compare,
  { label: 'Use a tool', input: 'What is (1284 + 716) * 3 / 4?' },
  { label: 'Answer at length', input: 'Explain how a streaming thread works.' },
  { label: 'Remember', input: 'Hello! What do you remember of this thread?' },
]

/** Four first questions, each for another ability. */
export function FirstQuestions(): ReactNode {
  const thread = useThread()
  return (
    <Suggestions.Root
      suggestions={cards}
      onSuggestion={(card, details) => {
        if (card !== compare) return
        details.cancel() // its files are uploaded first
        void comparePolicies(thread, compare.input)
      }}
    >
      {renderCard}
    </Suggestions.Root>
  )
}

function renderCard({ label, line, input }: Card): ReactNode {
  return (
    <Suggestions.Item>
      <strong>{label}</strong>
      <span>{line ?? input}</span>
    </Suggestions.Item>
  )
}
