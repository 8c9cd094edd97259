import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanName } from './clean-name.ts'

/** Any units of UTF-16, halves of pairs included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => String.fromCharCode(...units))

describe('cleanName', () => {
  it.each([
    ['policy.pdf', 'policy.pdf'],
    ['Ärztliche Atteste (2).tar.gz', 'Ärztliche Atteste (2).tar.gz'],
    ['保険 証券.pdf', '保険 証券.pdf'],
    ['👩‍👧.png', '👩‍👧.png'],
    ['C:\\fakepath\\policy.pdf', 'policy.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['folder/', 'folder'],
    ['a/b\\c.txt', 'c.txt'],
    ['  policy.pdf \t', 'policy.pdf'],
    ['policy\u202efdp.exe', 'policyfdp.exe'],
    ['\u2067policy\u2069.pdf', 'policy.pdf'],
    ['line\r\nend\u2028.pdf', 'lineend.pdf'],
    ['nul\0.pdf', 'nul.pdf'],
    ['half \ud800.pdf', 'half .pdf'],
    ['.env', '.env'],
    ['', 'file'],
    ['.', 'file'],
    ['. ..', 'file'],
    ['a/..', 'a'],
    ['/\\/', 'file'],
    ['\u202e\0', 'file'],
  ])('makes %j of it: %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean)
  })

  it('comes to one segment that is never empty and never longer, whatever a file is called (T35)', () => {
    const odd = ['/', '\\', '.', '..', ' ', '\0', '\n', '\u202e', '\ufeff', '\ud800', 'a']
    const name = fc.oneof(
      fc.array(fc.constantFrom(...odd)).map((some) => some.join('')),
      anyText,
    )
    const oneSegment = /^(?=.*[^.\s])[^/\\\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]+$/su
    const isClean = (text: string): boolean => {
      const clean = cleanName(text)
      const isShort = clean.length <= Math.max(text.length, 'file'.length)
      return oneSegment.test(clean) && isShort && cleanName(clean) === clean
    }

    const { failed, counterexample } = fc.check(fc.property(name, isClean), { numRuns: 1000 })

    expect({ failed, counterexample }).toEqual({ failed: false, counterexample: null })
  })

  it("keeps a file's ending", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanName(`${text}.pdf`)).toMatch(/\.pdf$/)
      }),
    )
  })
})
