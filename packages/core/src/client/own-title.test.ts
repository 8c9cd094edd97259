import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownTitle } from './own-title.ts'

describe('ownTitle', () => {
  it.each([
    ['  My \n own ', 'My own'],
    [' \n ', null],
    ['', null],
    [null, null],
    ['x'.repeat(201), 'x'.repeat(200)],
    [`${'x'.repeat(199)} more`, 'x'.repeat(199)],
    [`x${'👋'.repeat(100)}`, `x${'👋'.repeat(99)}`],
  ])('of %j is %j', (title, own) => {
    expect(ownTitle(title)).toBe(own)
  })

  it('of any text is its beginning, short, on one line, and its own title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 260 }), (title) => {
        const own = ownTitle(title) ?? ''
        expect(own.length).toBeLessThanOrEqual(200)
        expect(own).not.toMatch(/^\s|\s$|[\n\r\t]|\p{Cs}/u)
        expect(title.trim().replace(/\s+/g, ' ').startsWith(own)).toBe(true)
        expect(ownTitle(own) ?? '').toBe(own)
      }),
    )
  })
})
