import { describe, expect, it } from 'vitest'
import { scanFraming, splitLines } from './scan-lines.ts'

describe('splitLines', () => {
  it.each(['', 'a', 'a\n', 'a\r\nb\rc\n\n', '\n\n', '\r', 'a\r\n\r\nb'])(
    'joins to the same text: %j',
    (text) => {
      expect(
        splitLines(text)
          .map(({ text: line, end }) => line + end)
          .join(''),
      ).toBe(text)
    },
  )
})

describe('scanFraming', () => {
  it('counts line ends, comments, IDs and retries', () => {
    expect(scanFraming('\uFEFF: hi\nid: 1\r\nretry: 5\rdata: x\n\n')).toEqual({
      lf: 3,
      crlf: 1,
      cr: 1,
      comments: 1,
      ids: 1,
      retries: 1,
      isCut: false,
    })
  })

  it.each([
    ['data: x\n\n', false],
    ['data: x\n', true],
    ['data: x\n\ndata', true],
    ['data: x\n\n: ping\n', false],
    ['', false],
  ])('sees whether the last event of %j is cut', (text, isCut) => {
    expect(scanFraming(text).isCut).toBe(isCut)
  })
})
