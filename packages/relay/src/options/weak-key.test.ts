import { describe, expect, it } from 'vitest'
import { isWeakKey } from './weak-key.ts'

const bytes = (byteAt: (index: number) => number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, index) => byteAt(index))
const random = (length = 32): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

describe('isWeakKey', () => {
  it.each<[string, Uint8Array]>([
    ['zeros', bytes(() => 0)],
    ['one byte', bytes(() => 0xab)],
    ['bytes that count', bytes((index) => index)],
    ['bytes that count down', bytes((index) => 200 - index)],
    ['bytes that count over the end', bytes((index) => 250 + index)],
    ['bytes that count in steps', bytes((index) => index * 7)],
    ['bytes that count, in two pieces', bytes((index) => (index < 16 ? index : 100 + index))],
    ['two bytes in turn', bytes((index) => (index % 2) * 255)],
    [
      'random bytes over and over',
      bytes((index) => [201, 7, 90, 133, 64, 250, 11][index % 7] ?? 0),
    ],
    ['half a key, twice', Uint8Array.of(...random(16)).slice(0, 16)],
    ['a short key and zeros', bytes((index) => (index < 24 ? (index * index * 37 + 11) % 251 : 0))],
    ['a word over and over', Buffer.from('secret!!secret!!secret!!secret!!')],
    ['a sentence', Buffer.from('correct horse battery staple 123')],
    ['hexadecimal that was not decoded', Buffer.from(Buffer.from(random(16)).toString('hex'))],
    ['base64 that was not decoded', Buffer.from(Buffer.from(random(24)).toString('base64'))],
  ])('finds %s weak (T07)', (name, key) => {
    const whole = name === 'half a key, twice' ? Uint8Array.of(...key, ...key) : key

    expect(whole).toHaveLength(32)
    expect(isWeakKey(whole)).toBe(true)
  })

  it('finds nothing wrong with 5,000 random keys', () => {
    const weak = Array.from({ length: 5_000 }, () => random()).filter(isWeakKey)

    expect(weak).toEqual([])
  })
})
