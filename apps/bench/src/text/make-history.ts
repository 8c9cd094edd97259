import { makeDeltas } from './make-deltas.ts'

/** A message that stands in a thread already. */
export interface StoredMessage {
  readonly id: string
  readonly role: 'user' | 'assistant'
  readonly text: string
}

/** Earlier messages, questions and answers in turn: about 60 units a question, 400 an answer in two or three lines. */
export function makeHistory(count: number): readonly StoredMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const role = index % 2 === 0 ? 'user' : 'assistant'
    const deltas = makeDeltas(role === 'user' ? 15 : 100, {
      seed: index + 1,
      hasLines: role === 'assistant',
    })
    return { id: `earlier-${index}`, role, text: deltas.join('') }
  })
}
