import type { Turn } from '@fluokit/core'
import type { StoredMessage } from '../../src/text/make-history.ts'

/** Stored messages as the turns that Fluokit opens a thread with: an answer's text in chunks, one a line. */
export function turnsOf(messages: readonly StoredMessage[]): readonly Turn[] {
  const turns: Turn[] = []
  for (let index = 0; index + 1 < messages.length; index += 2) {
    const [question, answer] = messages.slice(index, index + 2)
    if (question === undefined || answer === undefined) break
    turns.push({
      id: question.id,
      input: { query: question.text },
      sentAt: 0,
      runs: [
        {
          id: `run-${answer.id}`,
          messages: [
            {
              id: answer.id,
              parts: [{ type: 'text', id: 'text', chunks: linesOf(answer.text) }],
              isFinal: true,
            },
          ],
          end: 'done',
          error: null,
        },
      ],
    })
  }
  return turns
}

function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/)
}
