import { describe, expect, it } from 'vitest'
import { checkLimits } from './check-limits.ts'
import { defaultLimits } from './relay-limits.ts'

describe('checkLimits', () => {
  it.each(Object.entries(defaultLimits))('takes %s at its default and at 1', (name, limit) => {
    expect(() => checkLimits({ [name]: limit })).not.toThrow()
    expect(() => checkLimits({ [name]: 1 })).not.toThrow()
  })

  it.each(
    Object.keys(defaultLimits).flatMap((name) =>
      [0, -1, 1.5, NaN, Infinity, 2 ** 53, '5', null, undefined].map(
        (limit) => [name, limit] as const,
      ),
    ),
  )('refuses %s of %j in one sentence', (name, limit) => {
    expect(() => checkLimits({ [name]: limit })).toThrow(
      new RegExp(`^createRelay: limits\\.${name} must be a whole number from 1 to \\d+\\.$`),
    )
  })

  it('refuses a time that no timer can wait for', () => {
    expect(() => checkLimits({ idleMs: 2 ** 31 - 1 })).not.toThrow()
    expect(() => checkLimits({ idleMs: 2 ** 31 })).toThrow(/idleMs/)
    expect(() => checkLimits({ runBytes: 2 ** 31 })).not.toThrow()
  })

  it.each(['bodybytes', 'toString', '__proto__'])('refuses the unknown name %s', (name) => {
    const limits = Object.fromEntries([[name, 1]])

    expect(() => checkLimits(limits)).toThrow(/^createRelay: limits knows only bodyBytes, .*\.$/)
  })
})
