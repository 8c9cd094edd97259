import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { titleOf } from './title-of.ts'

describe('titleOf', () => {
  it.each([
    ['What is this?', 'What is this?'],
    ['  What \n\n is\tthis? ', 'What is this?'],
    [`${'word '.repeat(12)}and more`, `${'word '.repeat(12).trim()}…`],
    [`${'word '.repeat(11)}wording on`, `${'word '.repeat(11).trim()}…`],
    ['x'.repeat(61), `${'x'.repeat(60)}…`],
    [`x${'👋'.repeat(61)}`, `x${'👋'.repeat(29)}…`],
    ['', null],
    [' \n ', null],
  ])('of %j is %j', (query, title) => {
    expect(titleOf({ query })).toBe(title)
  })

  it('of a turn of files is the name of the first one, and of an address nothing', () => {
    const file = { name: 'plan.pdf', mediaType: 'application/pdf', size: 1, ref: 'sealed' }

    expect(titleOf({ query: ' ', documents: [], images: [file] })).toBe('plan.pdf')
    expect(titleOf({ query: '', documents: ['https://files.example/signed'] })).toBeNull()
  })

  it('of any text is short, on one line and where the text begins', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 130 }), (query) => {
        const title = titleOf({ query }) ?? ''
        expect(title.length).toBeLessThanOrEqual(61)
        expect(title).not.toMatch(/^\s|\s$|[\n\r\t]/)
        const begin = title.length > 0 && title.endsWith('…') ? title.slice(0, -1) : title
        expect(query.trim().replace(/\s+/g, ' ').startsWith(begin)).toBe(true)
      }),
    )
  }, 30_000)
})
