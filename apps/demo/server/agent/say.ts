import { deltaSteps, type Step } from '@fluokit/testing'

/** Thinks aloud, a word at a time. */
export function think(text: string): readonly Step[] {
  return (text.match(/\s*\S+\s*/g) ?? []).flatMap((word) => [
    { event: { type: 'thinking_part', text: word } } as const,
    { waitMs: 18 },
  ])
}

/** Says a whole message, a word at a time, and ends it. */
export function say(text: string, waitMs = 22): readonly Step[] {
  return [...deltaSteps(text, waitMs), { event: { type: 'message_final', text } }]
}
