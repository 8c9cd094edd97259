import { describe, expect, it } from 'vitest'
import { parseSignedUpload } from './signed-upload.ts'

const direct = {
  ref: '2.a.x',
  url: 'https://store.example/a?sig=1',
  ticket: null,
  headers: { 'content-type': 'text/plain' },
}

describe('parseSignedUpload', () => {
  it('takes a place at the storage, and one at the relay', () => {
    const relayed = { ...direct, url: null, ticket: '2.a.y' }

    expect(parseSignedUpload(direct)).toEqual(direct)
    expect(parseSignedUpload({ ...relayed, more: 1 })).toEqual(relayed)
  })

  it.each([
    ['a list', []],
    ['null', null],
    ['no ref', { ...direct, ref: '' }],
    ['both places', { ...direct, ticket: 't' }],
    ['no place', { ...direct, url: null }],
    ['a place that is left out', { ref: 'r', url: 'https://x.example', headers: {} }],
    ['a header that is no text', { ...direct, headers: { a: 1 } }],
    ['no headers', { ...direct, headers: null }],
  ])('takes no answer that is or has %s', (_, value) => {
    expect(parseSignedUpload(value)).toBeNull()
  })
})
