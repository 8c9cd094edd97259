import { describe, expect, it } from 'vitest'
import { runScenarios } from '../scenarios.ts'
import { createServedRun } from '../server/served-run.ts'
import { makeDeltas } from './make-deltas.ts'
import { makeHistory } from './make-history.ts'

describe('makeDeltas', () => {
  it('makes the same text for a seed each time, and another one for another', () => {
    const make = (seed: number): string => makeDeltas(500, { seed, hasLines: true }).join('')
    expect(make(1)).toBe(make(1))
    expect(make(1)).not.toBe(make(2))
  })

  it('makes as many deltas as a scenario says, none of them empty, of four units each', () => {
    for (const scenario of runScenarios) {
      const { deltas, text } = createServedRun(scenario)
      expect(deltas).toHaveLength(scenario.deltas)
      expect(deltas).not.toContain('')
      expect(text.length / deltas.length).toBeGreaterThan(3.8)
      expect(text.length / deltas.length).toBeLessThan(4.2)
      expect(text.trim()).toBe(text)
    }
  })

  it('ends lines where a scenario has some, and only there', () => {
    for (const scenario of runScenarios) {
      const { text } = createServedRun(scenario)
      expect(text.includes('\n')).toBe(scenario.hasLines)
      const longest = Math.max(...text.split('\n').map((line) => line.length))
      expect(longest < 1_000).toBe(scenario.hasLines)
    }
  })

  it('says nothing twice in a way that the end of the text could be mistaken for an earlier place', () => {
    const { text } = createServedRun(runScenarios[3] ?? runScenarios[0]!)
    const tails = new Set<string>()
    for (let end = 48; end <= text.length; end += 1) tails.add(text.slice(end - 48, end))
    expect(tails.size).toBe(text.length - 47)
  })
})

describe('makeHistory', () => {
  it('takes turns between questions and answers, with an ID each', () => {
    const history = makeHistory(200)
    expect(history).toHaveLength(200)
    expect(new Set(history.map(({ id }) => id)).size).toBe(200)
    expect(history.map(({ role }) => role).slice(0, 3)).toEqual(['user', 'assistant', 'user'])
    expect(history.every(({ text }) => text !== '' && text.trim() === text)).toBe(true)
  })
})
