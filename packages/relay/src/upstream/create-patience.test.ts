import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPatience } from './create-patience.ts'

describe('createPatience', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is over when nothing was heard for so long (T24)', () => {
    const patience = createPatience(new AbortController().signal)
    patience.listen(100)

    vi.advanceTimersByTime(99)
    expect([patience.isOver, patience.signal.aborted]).toEqual([false, false])
    vi.advanceTimersByTime(1)
    expect([patience.isOver, patience.signal.aborted]).toEqual([true, true])
  })

  it('begins anew each time, with one timer for all of them', () => {
    const patience = createPatience(new AbortController().signal)
    for (let index = 0; index < 10; index += 1) {
      patience.listen(100)
      vi.advanceTimersByTime(90)
      patience.heard()
      expect(vi.getTimerCount()).toBe(1)
    }

    expect(patience.isOver).toBe(false)
  })

  it('does not count the time in which nobody listens', () => {
    const patience = createPatience(new AbortController().signal)
    patience.listen(100)
    patience.heard()

    vi.advanceTimersByTime(1000)
    expect(patience.isOver).toBe(false)
    patience.listen(100)
    vi.advanceTimersByTime(200)
    expect(patience.isOver).toBe(true)
  })

  it('ends with what it was made for, and leaves no timer', () => {
    const ended = new AbortController()
    const patience = createPatience(ended.signal)
    patience.listen(100)

    ended.abort()

    expect([patience.isOver, patience.signal.aborted]).toEqual([false, true])
    expect(vi.getTimerCount()).toBe(0)
  })
})
