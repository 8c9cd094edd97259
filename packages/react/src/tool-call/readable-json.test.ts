import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readableJson } from './readable-json.ts'

describe('readableJson', () => {
  it.each([
    ['a string', 'plain "text"\n', 'plain "text"\n'],
    [
      'an object',
      { a: [1, { b: null }] },
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}',
    ],
    ['a number', 0, '0'],
    ['a flag', false, 'false'],
    ['null', null, 'null'],
    ['nothing', undefined, ''],
  ])('writes %s so that a person can read it', (_, value, text) => {
    expect(readableJson(value)).toBe(text)
  })

  it('loses nothing of any JSON value', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => typeof value !== 'string'),
        (value) => {
          expect(JSON.stringify(JSON.parse(readableJson(value)))).toBe(JSON.stringify(value))
        },
      ),
    )
  })
})
