import { describe, expect, it } from 'vitest'
import { createMask } from './mask.ts'

const none = { apiKey: '', projectId: '' }
const mask = createMask({ apiKey: 'sk-secret/key', projectId: 'project-1' })
mask.learn('thread_778899')
mask.learn('42')
mask.learn('a question', '[query]')

describe('createMask', () => {
  it('leaves prose as it is, but for the API key (T08)', () => {
    const prose = 'You asked a question. See thread_778899 of project-1; thread_id: 7; 42.'

    expect(mask.prose(prose)).toBe(prose)
    expect(mask.prose('The key is sk-secret/key, sk-secret%2Fkey!')).toBe(
      'The key is [hidden], [hidden]!',
    )
    expect(mask.prose('sk-secret/ke')).toBe('sk-secret/ke')
  })

  it('replaces whole occurrences in any other string, and leaves everything else', () => {
    expect(mask.string('See thread_778899, and thread_77889.')).toBe(
      'See [hidden], and thread_77889.',
    )
    expect(mask.string('You asked a question.')).toBe('You asked [query].')
    expect(mask.string('sk-secret/key of project-1')).toBe('[hidden] of [hidden]')
    expect(mask.string('42 and p1 stay')).toBe('42 and p1 stay')
  })

  it.each([
    [{ url: 'https://a.example/?t=thread_778899' }, { url: 'https://a.example/?t=[hidden]' }],
    [{ thread_778899: [1, 'thread_778899'] }, { '[hidden]': [1, '[hidden]'] }],
    [{ thread_id: 'thread_unknown' }, { thread_id: '[hidden]' }],
    [
      { a: [{ threadId: 'x' }, { 'Thread-ID': 7 }] },
      { a: [{ threadId: '[hidden]' }, { 'Thread-ID': '[hidden]' }] },
    ],
    [{ thread: 'x' }, { thread: '[hidden]' }],
    [{ thread: { id: 'x', title: 'y' } }, { thread: { id: '[hidden]', title: 'y' } }],
    [{ thread: { id: 'thread_778899' } }, { thread: { id: '[hidden]' } }],
    [
      { thread_id: 42, answer: 42 },
      { thread_id: '[hidden]', answer: 42 },
    ],
    [
      { threadId: '42', answer: '42' },
      { threadId: '[hidden]', answer: '42' },
    ],
    [{ thread: { id: 42, count: 42 } }, { thread: { id: '[hidden]', count: 42 } }],
    [{ thread: 42 }, { thread: '[hidden]' }],
    [{ url: '?thread_id=42&answer=42' }, { url: '?thread_id=[hidden]&answer=42' }],
    [{ body: '{"thread_id": "other_1", "a": 1}' }, { body: '{"thread_id": "[hidden]", "a": 1}' }],
    [{ log: 'thread_id=other_1&b=2' }, { log: 'thread_id=[hidden]&b=2' }],
    [{ log: 'thread_id=thread_778899&b=2' }, { log: 'thread_id=[hidden]&b=2' }],
  ])('masks %j', (from, to) => {
    expect(mask.data(from)).toEqual(to)
  })

  it('keeps data in which there is nothing to hide as it is', () => {
    const data = {
      id: 'x',
      threads: 3,
      answer: 42,
      sums: [42, '42', 420],
      42: 'a key',
      plan: 'p1',
      list: [1, null, true, { title: 'thread' }],
    }

    expect(mask.data(data)).toBe(data)
  })

  it('leaves long numbers alone, too, wherever no key says that they name a thread', () => {
    const long = createMask(none)
    long.learn('12345678')

    expect(long.data({ total: 12345678, thread: { id: 12345678 } })).toEqual({
      total: 12345678,
      thread: { id: '[hidden]' },
    })
  })

  it('keeps a __proto__ key an ordinary key, and cuts what is too deep (T32)', () => {
    const data = JSON.parse('{"__proto__":{"thread_id":"x"}}') as unknown
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown

    expect(JSON.stringify(mask.data(data))).toBe('{"__proto__":{"thread_id":"[hidden]"}}')
    expect(JSON.stringify(mask.data(deep))).toContain('[hidden]')
  })

  it('finds IDs in their URL-encoded spelling', () => {
    const encoded = createMask(none)
    encoded.learn('a/b c:778899')

    expect(encoded.string('?t=a%2Fb%20c%3A778899')).toBe('?t=[hidden]')
    expect(encoded.string('thread_id=a/b c:778899')).toBe('thread_id=[hidden]')
  })
})
