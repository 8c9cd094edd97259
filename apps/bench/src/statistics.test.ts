import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, percentile, ratioOf, spreadOf } from './statistics.ts'

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 10, 2])).toBe(3)
    expect(median([])).toBeNaN()
  })

  it('has at most half of the values on either side, in whatever order they come', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values)
        const half = values.length / 2
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(half)
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(half)
      }),
    )
  })
})

describe('percentile', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index)
    expect(percentile(values, 0.5)).toBe(10)
    expect(percentile(values, 0.95)).toBe(19)
    expect(percentile([7], 0.95)).toBe(7)
    expect(percentile([], 0.5)).toBeNaN()
  })
})

describe('spreadOf', () => {
  it('leaves out what was not measured', () => {
    expect(spreadOf([3, NaN, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
  })
})

describe('ratioOf', () => {
  it('divides inside each run, so that a slow run counts no more than the others', () => {
    expect(ratioOf([20, 200, 30], [10, 100, 10])).toEqual({ median: 2, min: 2, max: 3 })
  })

  it('counts no run in which one of the two is missing', () => {
    expect(ratioOf([20, null, 30, 5], [10, 100, null, 0])).toEqual({ median: 2, min: 2, max: 2 })
    expect(ratioOf([null], [1]).median).toBeNaN()
  })
})
