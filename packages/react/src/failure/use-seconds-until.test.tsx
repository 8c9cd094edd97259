import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSecondsUntil } from './use-seconds-until.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function pass(milliseconds: number): void {
  act(() => void vi.advanceTimersByTime(milliseconds))
}

function count(moment: number | null) {
  let renders = 0
  const hook = renderHook(
    ({ until }) => {
      renders += 1
      return useSecondsUntil(until)
    },
    { initialProps: { until: moment } },
  )
  return { ...hook, renders: () => renders }
}

describe('useSecondsUntil', () => {
  it('counts whole seconds down to zero and stops there', () => {
    const { result } = count(1_002_500)
    const seen = [result.current]

    for (let index = 0; index < 4; index += 1) {
      pass(1000)
      seen.push(result.current)
    }

    expect(seen).toEqual([3, 2, 1, 0, 0])
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([null, 0, 1_000_000])('is zero for %j, without a timer', (moment) => {
    const { result } = count(moment)

    expect(result.current).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts from now for a moment that it is given later', () => {
    const { result, rerender } = count(null)
    pass(60_000)

    rerender({ until: 1_062_000 })

    expect(result.current).toBe(2)
    pass(2000)
    expect(result.current).toBe(0)
  })

  it('re-renders once a second', () => {
    const { renders } = count(1_010_000)
    const before = renders()

    pass(5000)

    expect(renders() - before).toBeLessThanOrEqual(5)
    expect(renders()).toBeGreaterThan(before)
  })

  it('leaves no timer behind', () => {
    const { unmount } = count(1_010_000)
    expect(vi.getTimerCount()).toBe(1)

    unmount()

    expect(vi.getTimerCount()).toBe(0)
  })
})
