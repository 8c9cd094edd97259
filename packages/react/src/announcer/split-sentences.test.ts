import { afterEach, describe, expect, it, vi } from 'vitest'
import { splitSentences } from './split-sentences.ts'

afterEach(() => vi.unstubAllGlobals())

const withoutSegmenter = (): void => void vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined })

const cases: readonly (readonly [text: string, rest: string])[] = [
  ['', ''],
  ['No end yet', 'No end yet'],
  ['One. Two. Thr', 'Thr'],
  ['Is it? “Yes!” It is', 'It is'],
  ['It costs 3.14 euros. And', 'And'],
  ['今日は晴れです。明日', '明日'],
  ['- a list\n- of two\n', ''],
  ['A line\nand more', 'and more'],
  ['Whole. ', 'Whole. '],
]

describe.each([
  ['with Intl.Segmenter', () => undefined],
  ['without Intl.Segmenter', withoutSegmenter],
])('splitSentences %s', (_, prepare) => {
  it.each(cases)('leaves of %j what is not over: %j', (text, rest) => {
    prepare()

    expect(splitSentences(text)).toEqual([text.slice(0, text.length - rest.length), rest])
  })

  it('takes 600 characters for a sentence, at a word where there is one', () => {
    prepare()

    expect(splitSentences('word '.repeat(130) + 'wo')).toEqual(['word '.repeat(130), 'wo'])
    expect(splitSentences('字'.repeat(599))[0]).toBe('')
    expect(splitSentences('字'.repeat(600))[1]).toBe('')
  })
})
