import { deltaSteps, type Step } from '@fluokit/testing'
import type { AgentTurn } from '@fluokit/testing/node'
import { describe, expect, it } from 'vitest'
import { breakNext, breaks, type Break } from './break-next.ts'

const whole: readonly Step[] = [
  { event: { type: 'run_start' } },
  ...deltaSteps('one two three four five six seven eight', 0),
]
const turn = {} as AgentTurn // no agent here looks at it

async function played(how: Break | null): Promise<readonly Step[]> {
  const { agent, arm } = breakNext(() => whole)
  arm(how)
  const steps: Step[] = []
  for await (const step of agent(turn)) steps.push(step)
  return steps
}

describe('breakNext', () => {
  it('leaves an answer alone that nobody wants broken', async () => {
    expect(await played(null)).toEqual(whole)
  })

  it.each(breaks)('breaks the next answer, and only that: %s', async (how) => {
    const { agent, arm } = breakNext(() => whole)
    arm(how)
    const first: Step[] = []
    for await (const step of agent(turn)) first.push(step)
    const second: Step[] = []
    for await (const step of agent(turn)) second.push(step)

    expect(first).not.toEqual(whole)
    expect(second).toEqual(whole)
  })

  it('cuts and stalls in the middle of the text', async () => {
    for (const how of ['cut', 'stall'] as const) {
      const steps = await played(how)
      const place = steps.findIndex((step) => 'fault' in step)

      expect(place).toBeGreaterThan(2)
      expect(place).toBeLessThan(steps.length - 1)
    }
  })

  it('loses no word of an answer that is slow, or has a garbage frame or an unknown event in it', async () => {
    const textIn = (steps: readonly Step[]): string =>
      steps.map((step) => ('event' in step && 'text' in step.event ? step.event.text : '')).join('')

    for (const how of ['slow', 'garbage', 'unknown'] as const) {
      expect(textIn(await played(how))).toBe(textIn(whole))
    }
  })
})
