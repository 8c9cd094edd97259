import type { Step } from '@fluokit/testing'
import { say, think } from './say.ts'

/** A short answer that shows that the thread is remembered. */
export function greet(query: string, earlier: readonly string[]): readonly Step[] {
  const last = earlier.at(-1)
  const memory =
    last === undefined
      ? 'This is the first thing you say in this thread.'
      : `This is turn ${earlier.length + 1} of our thread. Before this you said: “${shorten(last)}”.`
  return [
    ...think('A short message. I will say what I am and what I can do.'),
    ...say(
      `You said: “${shorten(query)}”. ${memory}\n\nI am a stand-in for a Fluo agent and run on this machine. ` +
        'I can read documents and compare two of them, calculate (try “What is 12 * (7 + 5)?”), write code, and explain ' +
        'streaming threads at length.',
    ),
  ]
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
