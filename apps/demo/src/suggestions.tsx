import { useThread } from '@fluokit/react'
import type { ReactNode } from 'react'
import { comparePolicies } from './compare-policies.ts'

const suggestions = [
  { title: 'Use a tool', query: 'What is (1284 + 716) * 3 / 4?' },
  { title: 'Answer at length', query: 'Explain how a streaming thread works.' },
  { title: 'Remember', query: 'Hello! What do you remember of this thread?' },
] as const

/** Four first questions, each for another ability. */
export function Suggestions(): ReactNode {
  const thread = useThread()
  return (
    <ul data-part="suggestions">
      <li>
        <button type="button" onClick={() => void comparePolicies(thread)}>
          <strong>Compare two documents</strong>
          <span>
            Uploads a company’s travel policies of 2025 and 2026, and asks what has changed.
          </span>
        </button>
      </li>
      {suggestions.map(({ title, query }) => (
        <li key={title}>
          <button type="button" onClick={() => void thread.send(query)}>
            <strong>{title}</strong>
            <span>{query}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
