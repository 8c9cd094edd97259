import { render } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LabelsContext } from '../contexts.ts'
import { useWarmMoments } from './use-warm-moments.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function Warm(): ReactNode {
  useWarmMoments()
  return null
}

/** Idle times that come when the test says so. */
function idleByHand(): { readonly come: () => void } {
  const waiting = new Map<number, () => void>()
  let last = 0
  vi.stubGlobal('requestIdleCallback', (callback: () => void) => {
    waiting.set((last += 1), callback)
    return last
  })
  vi.stubGlobal('cancelIdleCallback', (id: number) => void waiting.delete(id))
  return {
    come() {
      vi.advanceTimersByTime(1000)
      for (const callback of waiting.values()) callback()
    },
  }
}

describe('useWarmMoments', () => {
  it('looks up once, when the browser is idle and not before, how moments are written', () => {
    const idle = idleByHand()
    const format = vi.spyOn(Date.prototype, 'toDateString')

    render(<Warm />, { wrapper: StrictMode })
    expect(format).not.toHaveBeenCalled()
    idle.come()

    expect(format).toHaveBeenCalledTimes(2) // of one moment, and of today
  })

  it('does nothing for a page that has gone, and calls no word of an application', () => {
    const idle = idleByHand()
    const format = vi.spyOn(Date.prototype, 'toDateString')
    const moment = vi.fn<(at: number) => string>(() => 'noon')

    render(<Warm />).unmount()
    render(
      <LabelsContext value={{ moment }}>
        <Warm />
      </LabelsContext>,
    )
    idle.come()

    expect(format).not.toHaveBeenCalled()
    expect(moment).not.toHaveBeenCalled()
  })
})
