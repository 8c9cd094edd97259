import { describe, expect, it, vi } from 'vitest'
import { isolate } from './isolate.ts'

describe('isolate', () => {
  it('calls with the values, and does nothing without a callback', () => {
    const callback = vi.fn<(one: number, two: string) => void>()

    isolate(callback, 1, 'two')
    isolate(undefined)

    expect(callback).toHaveBeenCalledExactlyOnceWith(1, 'two')
  })

  it('throws what the callback throws later, outside of the caller (F50)', () => {
    const deferred: (() => void)[] = []
    vi.stubGlobal('queueMicrotask', (task: () => void) => void deferred.push(task))

    isolate(() => {
      throw new Error('from the application')
    })
    vi.unstubAllGlobals()

    expect(deferred).toHaveLength(1)
    expect(deferred[0]).toThrow('from the application')
  })
})
