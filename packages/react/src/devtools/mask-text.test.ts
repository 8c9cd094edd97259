import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskText } from './mask-text.ts'

describe('maskText', () => {
  it.each([
    ['Hello, Jonas!\n\n- 17 times', 'Xxxxx, Xxxxx!\n\n- 11 xxxxx'],
    ['```ts\nconst a = `b`\n```', '```xx\nxxxxx x = `x`\n```'],
    ['| a | b |\n|---|:-:|', '| x | x |\n|---|:-:|'],
    ['東京 and سر', '口口 xxx אא'],
  ])('keeps the form of %j', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })

  it('masks a text that was cut anywhere as the whole one, in the same length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
        const cut = at % (text.length + 1)
        expect(maskText(text.slice(0, cut)) + maskText(text.slice(cut))).toBe(maskText(text))
        expect(maskText(text).length).toBe(text.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps no letter, digit or symbol but its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        expect(maskText(text).replaceAll(/[Xx1口אก□$+<=>^`|~]|\u0301/g, '')).toMatch(
          /^[\s\p{P}\p{Cf}]*$/u,
        )
      }),
      { numRuns: 1000 },
    )
  }, 30_000)
})
