import { describe, expect, it } from 'vitest'
import { createMask } from './mask.ts'

const mask = createMask(['sk-secret-key', 'p1'])
mask.learn('thread_778899', 'HANDLE')
mask.learn('42', 'HANDLE')

describe('createMask', () => {
  it('replaces whole occurrences in prose and leaves everything else', () => {
    expect(mask.text('See thread_778899, and thread_77889.')).toBe('See HANDLE, and thread_77889.')
    expect(mask.text('The key is sk-secret-key.')).toBe('The key is [hidden].')
    expect(mask.text('thread_id: 7 stays in prose, and so do 42 and p1')).toBe(
      'thread_id: 7 stays in prose, and so do 42 and p1',
    )
  })

  it.each([
    [{ url: 'https://a.example/?t=thread_778899' }, { url: 'https://a.example/?t=HANDLE' }],
    [{ thread_778899: [1, 'thread_778899'] }, { HANDLE: [1, 'HANDLE'] }],
    [{ thread_id: 'thread_unknown' }, { thread_id: '[hidden]' }],
    [
      { a: [{ threadId: 'x' }, { 'Thread-ID': 7 }] },
      { a: [{ threadId: '[hidden]' }, { 'Thread-ID': '[hidden]' }] },
    ],
    [{ thread: 'x' }, { thread: '[hidden]' }],
    [{ thread: { id: 'x', title: 'y' } }, { thread: { id: '[hidden]', title: 'y' } }],
    [{ thread: { id: 'thread_778899' } }, { thread: { id: 'HANDLE' } }],
    [
      { answer: 42, sum: 420 },
      { answer: 'HANDLE', sum: 420 },
    ],
    [
      { project: 'p1', step: 'p12' },
      { project: '[hidden]', step: 'p12' },
    ],
    [{ body: '{"thread_id": "other_1", "a": 1}' }, { body: '{"thread_id": "[hidden]", "a": 1}' }],
    [{ log: 'thread_id=other_1&b=2' }, { log: 'thread_id=[hidden]&b=2' }],
    [{ log: 'thread_id=thread_778899&b=2' }, { log: 'thread_id=HANDLE&b=2' }],
  ])('masks %j', (from, to) => {
    expect(mask.data(from)).toEqual(to)
  })

  it('keeps data in which there is nothing to hide as it is', () => {
    const data = { id: 'x', threads: 3, list: [1, null, true, { title: 'thread' }] }

    expect(mask.data(data)).toBe(data)
  })

  it('keeps a __proto__ key an ordinary key, and cuts what is too deep', () => {
    const data = JSON.parse('{"__proto__":{"thread_id":"x"}}') as unknown
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown

    expect(JSON.stringify(mask.data(data))).toBe('{"__proto__":{"thread_id":"[hidden]"}}')
    expect(JSON.stringify(mask.data(deep))).toContain('[hidden]')
  })

  it('finds IDs in their URL-encoded spelling', () => {
    const encoded = createMask([])
    encoded.learn('a/b c:778899', 'HANDLE')

    expect(encoded.string('?t=a%2Fb%20c%3A778899')).toBe('?t=HANDLE')
  })
})
