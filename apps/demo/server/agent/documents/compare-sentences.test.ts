import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSentences } from './compare-sentences.ts'

describe('compareSentences', () => {
  it('says what is new and what is gone', () => {
    expect(
      compareSentences(['Be kind.', 'Be brief.'], ['Be kind.', 'Ask first.', 'Knock.']),
    ).toEqual([
      { was: 'Be brief.', now: null },
      { was: null, now: 'Ask first.' },
      { was: null, now: 'Knock.' },
    ])
  })

  it('puts a sentence beside the one that it was', () => {
    const before = ['Doors close at ten.', 'Visitors sign in at the desk.']
    const after = ['Visitors sign in at the front desk.', 'Nobody smokes.']

    expect(compareSentences(before, after)).toEqual([
      { was: 'Doors close at ten.', now: null },
      { was: 'Visitors sign in at the desk.', now: 'Visitors sign in at the front desk.' },
      { was: null, now: 'Nobody smokes.' },
    ])
  })

  it('finds nothing where sentences are divided otherwise', () => {
    expect(compareSentences(['a seat; a bag;'], ['A seat', 'a bag'])).toEqual([])
  })

  it('leaves out nothing that is there once only, and adds nothing', () => {
    const sentence = fc
      .constantFrom('a', 'b', 'c', 'd', 'e', 'f')
      .map((letter) => `Rule ${letter} is kept.`)
    fc.assert(
      fc.property(fc.array(sentence), fc.array(sentence), (before, after) => {
        const differences = compareSentences(before, after)

        const gone = before.filter((one) => !after.includes(one))
        const come = after.filter((one) => !before.includes(one))
        const was = differences.flatMap((one) => one.was ?? [])
        const now = differences.flatMap((one) => one.now ?? [])
        expect(was).toEqual(expect.arrayContaining(gone))
        expect(now).toEqual(expect.arrayContaining(come))
        expect(before).toEqual(expect.arrayContaining(was))
        expect(after).toEqual(expect.arrayContaining(now))
        expect(before.length - was.length).toBe(after.length - now.length)
      }),
    )
  })

  it('finds nothing between equal texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (sentences) => {
        expect(compareSentences(sentences, [...sentences])).toEqual([])
      }),
    )
  })
})
