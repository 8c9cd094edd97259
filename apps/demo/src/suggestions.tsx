import { useThread } from '@fluokit/react'
import type { ReactNode } from 'react'

const suggestions = [
  { title: 'Use a tool', query: 'What is (1284 + 716) * 3 / 4?' },
  { title: 'Write code', query: 'Write a TypeScript function that groups a list.' },
  { title: 'Answer at length', query: 'Explain how a streaming thread works.' },
  { title: 'Remember', query: 'Hello! What do you remember of this thread?' },
] as const

/** Four first questions, each for another ability. */
export function Suggestions(): ReactNode {
  const thread = useThread()
  return (
    <ul data-part="suggestions">
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
