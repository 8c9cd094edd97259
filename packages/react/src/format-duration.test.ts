import { describe, expect, it } from 'vitest'
import { formatDuration } from './format-duration.ts'

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [449, '0.4 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [3_725_000, '62 min 5 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [3_000, '3 s'],
    [61_000, '1 min 1 s'],
  ])(
    'writes %d ms of what goes on as %s, without a tenth that nobody counts',
    (milliseconds, text) => {
      expect(formatDuration(milliseconds, true)).toBe(text)
    },
  )
})
