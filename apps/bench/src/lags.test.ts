import { describe, expect, it } from 'vitest'
import { lagsOf } from './lags.ts'

describe('lagsOf', () => {
  it('takes the first frame that shows a delta whole', () => {
    const frames = [
      { at: 116, shown: 3 },
      { at: 133, shown: 4 },
      { at: 150, shown: 6 },
    ]
    // The second delta is cut by the first frame, and whole in the second.
    expect(lagsOf(['ab', 'cd', 'ef'], [100, 105, 140], frames)).toEqual({ p50: 16, p95: 28 })
  })

  it('counts no delta that no frame showed', () => {
    expect(lagsOf(['ab', 'cd'], [1, 2], [{ at: 11, shown: 2 }])).toEqual({ p50: 10, p95: 10 })
  })
})
