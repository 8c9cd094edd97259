import { describe, expect, it } from 'vitest'
import { directionOf } from './large-text.ts'

describe('directionOf', () => {
  it.each([
    ['leaves each line of a text to the browser', 'שלום\nHello', 'auto'],
    ['takes a large text for one that runs to the right', `1. ${'word '.repeat(5000)}שלום`, 'ltr'],
    ['takes a large text for one that runs to the left', `1. ${'מילה '.repeat(5000)}word`, 'rtl'],
    [
      'takes a large text without a letter for one that runs to the right',
      '1'.repeat(20_000),
      'ltr',
    ],
  ])('%s', (_, text, direction) => {
    expect(directionOf(text)).toBe(direction)
  })
})
