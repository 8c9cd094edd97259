import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './parse-retry-after.ts'

const now = Date.UTC(2026, 10, 6, 8, 0, 0)
const day = 24 * 60 * 60 * 1000

describe('parseRetryAfter', () => {
  it.each([
    ['0', now],
    ['7', now + 7000],
    [' 120 ', now + 120_000],
    ['1.5', now + 1500],
    ['Fri, 06 Nov 2026 08:00:30 GMT', now + 30_000],
    ['Friday, 06-Nov-26 08:00:30 GMT', now + 30_000],
  ])('reads %j as a moment', (header, moment) => {
    expect(parseRetryAfter(header, now)).toBe(moment)
  })

  it.each(['Fri, 06 Nov 2020 08:00:30 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'reads the past, %j, as now',
    (header) => {
      expect(parseRetryAfter(header, now)).toBe(now)
    },
  )

  it.each(['86401', '99999999999999999999', '9'.repeat(400), 'Fri, 06 Nov 2099 08:00:30 GMT'])(
    'never waits longer than a day: %j',
    (header) => {
      expect(parseRetryAfter(header, now)).toBe(now + day)
    },
  )

  it.each([
    null,
    '',
    '   ',
    'soon',
    '-5',
    '+5',
    '1e3',
    '0x10',
    'Infinity',
    'NaN',
    '5 seconds',
    '5,6',
    '2026-11-06',
    'Xyz, 99 Foo 2026 99:99:99 GMT',
    'Fri, ',
  ])('reads %j as none', (header) => {
    expect(parseRetryAfter(header, now)).toBeNull()
  })
})
