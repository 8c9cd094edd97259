import { describe, expect, it } from 'vitest'
import { createMask } from './mask.ts'

const mask = createMask(['sk-secret-key', 'p1'])
mask.learn('thread_778899')
mask.learn('42')
mask.learn('a question', '[query]')

describe('createMask', () => {
  it('replaces whole occurrences in prose and leaves everything else', () => {
    expect(mask.text('See thread_778899, and thread_77889.')).toBe(
      'See [hidden], and thread_77889.',
    )
    expect(mask.text('You asked a question.')).toBe('You asked [query].')
    expect(mask.text('The key is sk-secret-key.')).toBe('The key is [hidden].')
    expect(mask.text('thread_id: 7 stays in prose, and so do 42 and p1')).toBe(
      'thread_id: 7 stays in prose, and so do 42 and p1',
    )
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
    const long = createMask([])
    long.learn('12345678')

    expect(long.data({ total: 12345678, thread: { id: 12345678 } })).toEqual({
      total: 12345678,
      thread: { id: '[hidden]' },
    })
  })

  it('keeps a __proto__ key an ordinary key, and cuts what is too deep', () => {
    const data = JSON.parse('{"__proto__":{"thread_id":"x"}}') as unknown
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown

    expect(JSON.stringify(mask.data(data))).toBe('{"__proto__":{"thread_id":"[hidden]"}}')
    expect(JSON.stringify(mask.data(deep))).toContain('[hidden]')
  })

  it('finds IDs in their URL-encoded spelling', () => {
    const encoded = createMask([])
    encoded.learn('a/b c:778899')

    expect(encoded.string('?t=a%2Fb%20c%3A778899')).toBe('?t=[hidden]')
    expect(encoded.string('thread_id=a/b c:778899')).toBe('thread_id=[hidden]')
  })
})
