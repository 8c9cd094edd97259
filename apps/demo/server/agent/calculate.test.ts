import { describe, expect, it } from 'vitest'
import { findExpression } from './calculate.ts'

describe('findExpression', () => {
  it.each([
    ['What is 12 * (7 + 5)?', '12 * (7 + 5)'],
    ['What is (1284 + 716) * 3 / 4?', '(1284 + 716) * 3 / 4'],
    ['17*23', '17*23'],
    ['How much is sqrt(16) + 2.5?', 'sqrt(16) + 2.5'],
    ['6 × 7', '6 * 7'],
    ['Please work out -3 - -4.', '-3 - -4'],
    ['round(2.5)', 'round(2.5)'],
    ['5!', '5!'],
  ])('finds it in %s', (query, expression) => {
    expect(findExpression(query)).toBe(expression)
  })

  it.each([
    'Hello there',
    'I have 3 cats',
    'It was on 2024-05-06',
    'Call 555-1234',
    'abs(1:100000000)*2',
    'zeros(100000)*2',
    'a = 3 * 4',
    'f(x) = x^2',
    '[1, 2] * 3',
    'import("x") + 1',
  ])('finds none in %s', (query) => {
    const found = findExpression(query)

    expect(found === null || /^[\d\s+*/^().-]+$/.test(found)).toBe(true)
    expect(found ?? '').not.toMatch(/:|=|zeros|import|2024|555/)
  })
})
