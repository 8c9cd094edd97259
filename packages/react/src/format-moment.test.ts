import { afterEach, describe, expect, it, vi } from 'vitest'
import { formatMoment } from './format-moment.ts'

afterEach(() => void vi.useRealTimers())

describe('formatMoment', () => {
  it('names the date of what was said late yesterday, for a clock alone would name a time to come', () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 23, 9, 0) })

    expect(formatMoment(new Date(2026, 10, 22, 23, 0).getTime())).toContain('2026')
    expect(formatMoment(new Date(2026, 10, 23, 0, 5).getTime())).not.toContain('2026')
  })

  it('names the time of a moment of today, and the date too of an older one', () => {
    const at = new Date(2026, 10, 23, 14, 5).getTime()
    vi.useFakeTimers({ now: at + 60_000 })
    const fresh = formatMoment(at)
    vi.setSystemTime(at + 3 * 86_400_000)
    const old = formatMoment(at)

    expect(fresh).toMatch(/^\D*\d?\d\D05\D*$/)
    expect(old).toContain('2026')
    expect(old.length).toBeGreaterThan(fresh.length)
  })
})
