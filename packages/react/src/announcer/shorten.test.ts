import { describe, expect, it } from 'vitest'
import { shorten } from './shorten.ts'

describe('shorten', () => {
  it.each([
    ['leaves what fits', 'one two', 7, 'one two'],
    ['cuts at a word', 'one two three', 9, 'one two'],
    ['takes a word that ends at the limit', 'one two three', 7, 'one two'],
    ['cuts where there is no word near', 'a bcdefghijklm', 8, 'a bcdefg'],
    ['never cuts a character in two', 'abc😀def', 4, 'abc'],
  ])('%s', (_, text, most, short) => {
    expect(shorten(text, most)).toBe(short)
  })
})
