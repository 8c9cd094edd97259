import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHourlyCount } from './hourly-count.ts'

const minute = 60_000
const hour = 60 * minute

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 0 }))
afterEach(() => void vi.useRealTimers())

describe('createHourlyCount', () => {
  it('counts each user apart, and forgets what is an hour old', () => {
    const count = createHourlyCount(2)

    expect(count.take('ann')).toBeNull()
    vi.setSystemTime(10 * minute)
    expect(count.take('ann')).toBeNull()
    expect(count.take('ann')).toBe(hour)
    expect(count.take('bob')).toBeNull()
    vi.setSystemTime(hour - 1)
    expect(count.take('ann')).toBe(hour)
    vi.setSystemTime(hour)
    expect(count.take('ann')).toBeNull()
    expect(count.take('ann')).toBe(hour + 10 * minute)
  })

  it('lets nobody begin more than that within any hour', () => {
    const steps = fc.array(fc.tuple(fc.nat(30 * minute), fc.constantFrom('ann', 'bob')))
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (some, most) => {
        vi.setSystemTime(0)
        const count = createHourlyCount(most)
        const begun: (readonly [string, number])[] = []
        for (const [wait, user] of some) {
          vi.setSystemTime(Date.now() + wait)
          const within = begun.filter(([who, at]) => who === user && at > Date.now() - hour)
          const retryAt = count.take(user)
          expect(retryAt === null).toBe(within.length < most)
          expect(retryAt ?? hour + Date.now()).toBeGreaterThan(Date.now())
          if (retryAt === null) begun.push([user, Date.now()])
        }
      }),
    )
  })

  it('remembers 100,000 beginnings at most, and then forgets who came first', () => {
    const count = createHourlyCount(1)
    for (let user = 0; user < 100_000; user += 1) count.take(`user-${user}`)

    expect(count.take('user-0')).toBe(hour)
    expect(count.take('one more')).toBeNull()
    expect(count.take('another')).toBeNull()

    expect(count.take('user-0')).toBeNull()
    expect(count.take('user-5')).toBe(hour)
  })
})
