import type { Step } from '@fluokit/testing'
import type { Agent } from '@fluokit/testing/node'

/** What can be made to go wrong with the next answer. */
export const breaks = ['cut', 'stall', 'limit', 'garbage', 'unknown', 'gone', 'slow'] as const

export type Break = (typeof breaks)[number]

/** Before this many pieces of the answer's text have been said, nothing goes wrong. */
const pieces = 6

const instead: Readonly<Partial<Record<Break, Step>>> = {
  limit: { status: 429, detail: 'Rate limit exceeded', retryAfter: '5' },
  gone: { status: 404, detail: 'Thread not found' },
}

const inBetween: Readonly<Partial<Record<Break, Step>>> = {
  cut: { fault: 'reset' },
  stall: { fault: 'stall' },
  garbage: { bytes: 'event: message_delta\ndata: {"delta": "half a fra\n\n' },
  unknown: {
    event: { type: 'unknown', event: 'citation', raw: '{"source":"policy.pdf","page":4}' },
  },
}

/** An agent whose next answer, and no other, goes wrong in the way that was asked for last. */
export function breakNext(agent: Agent): {
  readonly agent: Agent
  readonly arm: (how: Break | null) => void
} {
  let armed: Break | null = null
  return {
    arm(how) {
      armed = how
    },
    agent(turn) {
      const how = armed
      armed = null
      const steps = agent(turn)
      return how === null ? steps : broken(steps, how)
    },
  }
}

async function* broken(
  steps: AsyncIterable<Step> | Iterable<Step>,
  how: Break,
): AsyncGenerator<Step> {
  const refusal = instead[how]
  if (refusal !== undefined) return yield refusal
  let said = 0
  for await (const step of steps) {
    const isText = 'event' in step && step.event.type === 'message_delta'
    if (isText) said += 1
    const extra = isText && said === pieces ? inBetween[how] : undefined
    if (extra !== undefined) yield extra
    if (how === 'slow' && isText) yield { waitMs: 400 }
    yield step
  }
}
