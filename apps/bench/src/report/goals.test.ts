import { describe, expect, it } from 'vitest'
import { failedSample, type Sample } from '../measure/sample.ts'
import type { Results } from '../results.ts'
import { goalsOf, isMet } from './goals.ts'
import { scenarioTable } from './scenario-table.ts'

function sample(peer: string, run: number, task: number, other: Partial<Sample> = {}): Sample {
  return {
    ...failedSample({ scenario: 'B', peer, run, busy: 0 }, ''),
    failure: null,
    task,
    ...other,
  }
}

function resultsOf(samples: readonly Sample[]): Results {
  const machine = { date: '', system: '', processor: '', chromium: '', node: '' }
  return {
    machine: { ...machine, cores: 1, memoryGb: 1 },
    versions: {},
    floor: 0,
    loads: [],
    samples,
    weights: [],
  }
}

describe('goalsOf', () => {
  it('judges by ratios inside a run, and not by what was not exact', () => {
    const results = resultsOf([
      sample('limit', 0, 100),
      sample('fluokit', 0, 110, { settledRenders: 0 }),
      sample('limit', 1, 10),
      sample('fluokit', 1, 11, { settledRenders: 0 }),
      sample('limit', 2, 10),
      sample('fluokit', 2, 99, { settledRenders: 9, failure: 'row 1: at 3' }),
    ])
    const [ratio, renders] = goalsOf(results)
    expect(ratio?.measured).toBeCloseTo(1.1)
    expect(renders?.measured).toBe(0)
    expect(goalsOf(results).every(isMet)).toBe(true)
  })

  it('judges the virtual list by the whole tree', () => {
    const opening = (peer: string, task: number): Sample => sample(peer, 0, task, { scenario: 'D' })
    const results = resultsOf([
      opening('fluokit', 110),
      opening('fluokit-virtual', 20),
      opening('limit-tree', 100),
    ])
    expect(goalsOf(results).map(({ measured, limit }) => [measured, limit])).toEqual([
      [1.1, 1.2],
      [0.2, 0.3],
    ])
  })

  it('is not met by what was never exact', () => {
    const failed = sample('fluokit', 0, 1, { failure: 'the page hung' })
    expect(goalsOf(resultsOf([sample('limit', 0, 1), failed])).some(isMet)).toBe(false)
  })
})

describe('scenarioTable', () => {
  it('shows a run that was not exact as failed', () => {
    const failed = sample('fluokit', 1, 1, { failure: 'row 0: at 3 of 9' })
    const shown = scenarioTable(resultsOf([sample('fluokit', 0, 7), failed]), 'B')
    expect(shown).toContain('1/2 exact: row 0: at 3 of 9')
    expect(shown).toContain('| 7 |')
  })
})
