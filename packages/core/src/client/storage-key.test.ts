import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storageKey, storagePrefix } from './storage-key.ts'

const name = fc.string({ unit: 'grapheme' })
const scope = fc.option(name)

describe('storageKey', () => {
  it('is another one for another user, agent or thread (T31)', () => {
    fc.assert(
      fc.property(fc.tuple(scope, name, name), fc.tuple(scope, name, name), (one, other) => {
        const isSame = one.every((value, index) => value === other[index])

        expect(storageKey(...one) === storageKey(...other)).toBe(isSame)
      }),
    )
  })

  it("begins with the prefix of its user, and with nobody else's", () => {
    fc.assert(
      fc.property(scope, scope, name, name, (user, other, agentId, threadKey) => {
        const key = storageKey(user, agentId, threadKey)

        expect(key.startsWith(storagePrefix(user))).toBe(true)
        expect(key.startsWith(storagePrefix(other))).toBe(user === other)
      }),
    )
  })

  it('tells a visitor from a user called guest', () => {
    expect(storagePrefix(null)).not.toBe(storagePrefix('guest'))
    expect(storagePrefix('')).not.toBe(storagePrefix(null))
  })
})
