import type { Step } from './script.ts'

/** Text as the deltas of an answer, a word each with the spaces after it, and a wait after each of them. */
export function deltaSteps(text: string, waitMs = 25): readonly Step[] {
  return (text.match(/\s*\S+\s*/g) ?? []).flatMap((word) => [
    { event: { type: 'message_delta', text: word } },
    { waitMs },
  ])
}
