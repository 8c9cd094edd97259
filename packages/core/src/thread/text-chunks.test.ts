import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendText, textOf } from './text-chunks.ts'

const text = fc
  .array(
    fc.constantFrom('a', 'word ', '\n', '\n\n', '\r\n', '\u2028', '😀', '\ud83d', '\ude00', 'é'),
    {
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join(''))

/** The text cut into pieces at these places. */
function cut(whole: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b)
  return [...ends, whole.length].map((end, index) => whole.slice(ends[index - 1] ?? 0, end))
}

const appendAll = (pieces: readonly string[]): readonly string[] =>
  pieces.reduce<readonly string[]>(appendText, [])

describe('appendText', () => {
  it('gives the same chunks however a text was cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), (whole, places) => {
        expect(appendAll(cut(whole, places))).toEqual(appendText([], whole))
      }),
      { numRuns: 1000 },
    )
  })

  it('closes every chunk but the last at a line end, keeps none empty, and loses nothing', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const chunks = appendText([], whole)

        expect(chunks.join('')).toBe(whole)
        expect(chunks).not.toContain('')
        for (const chunk of chunks.slice(0, -1)) expect(chunk).toMatch(/^[^\n]*\n$/)
      }),
    )
  })

  it('never breaks a paragraph without a line end', () => {
    const paragraph = 'word '.repeat(10_000)

    expect(appendText([], paragraph)).toEqual([paragraph])
  })

  it('joins the halves of a surrogate pair that two deltas brought (F31)', () => {
    expect(appendAll(['a\ud83d', '\ude00\n'])).toEqual(['a😀\n'])
  })

  it('keeps a line end that was cut inside CRLF in one chunk', () => {
    expect(appendAll(['a\r', '\nb'])).toEqual(['a\r\n', 'b'])
  })

  it('gives the same list back for no text, and leaves the list it was given as it was', () => {
    const before = Object.freeze(['a\n', 'b'])

    expect(appendText(before, '')).toBe(before)
    expect(appendText(before, 'c')).toEqual(['a\n', 'bc'])
    expect(before).toEqual(['a\n', 'b'])
  })
})

describe('textOf', () => {
  const part = { type: 'text', id: '1', chunks: ['a\n', 'b'] } as const
  const thinking = { type: 'thinking', id: '2', chunks: ['hm'] } as const
  const tool = { type: 'tool-call', id: '3', name: 'calc', status: 'done', output: 'no' } as const
  const message = {
    id: 'm',
    parts: [part, thinking, tool, { ...part, id: '4', chunks: ['c'] }],
    isFinal: true,
  }

  it('joins the chunks of a part, of thinking as well when it is asked for itself', () => {
    expect(textOf(part)).toBe('a\nb')
    expect(textOf(thinking)).toBe('hm')
  })

  it('joins the text parts of a message and of a run, without thinking and tools', () => {
    expect(textOf(message)).toBe('a\nbc')
    expect(textOf({ id: 'r', messages: [message, message], end: null, error: null })).toBe(
      'a\nbca\nbc',
    )
  })

  it('is empty where nothing was said', () => {
    expect(textOf({ id: 'r', messages: [], end: 'failed', error: null })).toBe('')
  })
})
