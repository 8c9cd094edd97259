import { describe, expect, it } from 'vitest'
import { factsIn } from './facts-in.ts'

describe('factsIn', () => {
  it('gives the plain facts of an object as text', () => {
    expect(factsIn({ query: 'x', limit: 3, isExact: false })).toEqual([
      ['query', 'x'],
      ['limit', '3'],
      ['isExact', 'false'],
    ])
  })

  it.each([
    ['nothing', null],
    ['text', 'x'],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['an object with another inside', { a: 1, b: { c: 2 } }],
    [
      'more than eight facts',
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index, 1])),
    ],
  ])('leaves %s to JSON', (_, value) => {
    expect(factsIn(value)).toBeNull()
  })
})
