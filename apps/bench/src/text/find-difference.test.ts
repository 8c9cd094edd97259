import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDifference } from './find-difference.ts'

describe('findDifference', () => {
  it('finds nothing where every character is the same', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(findDifference(text, `${text}`)).toBeNull()
      }),
    )
  })

  it('says where the first other character stands', () => {
    expect(findDifference('one two', 'one  two')).toContain('at 4 of 8')
    expect(findDifference('one', 'one two')).toContain('at 3 of 7')
    expect(findDifference('one two', 'one')).toContain('7 in all')
    expect(findDifference('line', 'line\n')).toContain('"\\n"')
  })

  it('finds a character that is missing, added or changed anywhere', () => {
    const text = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(text, fc.nat(), (sent, at) => {
        const cut = at % sent.length
        expect(findDifference(sent.slice(0, cut) + sent.slice(cut + 1), sent)).not.toBeNull()
        expect(findDifference(`${sent.slice(0, cut)}\u0000${sent.slice(cut)}`, sent)).not.toBeNull()
      }),
    )
  })
})
