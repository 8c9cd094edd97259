import type { Turn } from '@fluokit/core'

/** So many settled turns, in order. */
export function turnsOf(count: number): readonly Turn[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `turn-${index}`,
    input: { query: `question ${index}` },
    sentAt: index,
    runs: [
      {
        id: `run-${index}`,
        end: 'done',
        error: null,
        messages: [
          {
            id: `run-${index}:0`,
            isFinal: true,
            parts: [{ type: 'text', id: `text-${index}`, chunks: [`answer ${index}`] }],
          },
        ],
      },
    ],
  }))
}
