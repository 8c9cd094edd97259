import { describe, expect, it } from 'vitest'
import { start } from '../__fixtures__/test-relay.ts'
import { parseCall } from './parse-call.ts'
import { defaultLimits } from '../options/relay-limits.ts'

const nested = (depth: number): unknown => (depth === 0 ? 1 : { inner: nested(depth - 1) })

const file = { name: 'a.mp3', mediaType: 'audio/mpeg', size: 3, ref: 'r' }

describe('parseCall', () => {
  it('reads a start with everything a turn can hold', () => {
    const input = {
      query: 'Compare.',
      documents: ['https://files.example/a.pdf'],
      images: [],
      audios: [file],
      contexts: ['context-1'],
      metadata: { source: 'test' },
    }

    expect(parseCall(start({ input, threadRef: '1.a.AA' }), defaultLimits)).toEqual({
      op: 'start',
      runId: 'run-1',
      agentId: 'helper',
      threadRef: '1.a.AA',
      input,
    })
  })

  it.each([
    ['another op', { op: 'resume' }],
    ['no op', { op: undefined }],
    ['an unknown key', { thread_id: 'thread_1' }],
    ['headers', { headers: { 'x-api-key': 'mine' } }],
    ['a runId with a line end', { runId: 'run\n1' }],
    ['a long runId', { runId: 'r'.repeat(129) }],
    ['no agent', { agentId: '' }],
    ['an agent that is a list', { agentId: ['helper'] }],
    ['a thread that is an object', { threadRef: {} }],
    ['no input', { input: null }],
    ['a query that is no text', { input: { query: 3 } }],
    ['an unknown key in the input', { input: { query: 'a', project: 'b' } }],
    ['a __proto__ key', { input: JSON.parse('{"query":"a","__proto__":{"b":1}}') as unknown }],
    ['documents that are no list', { input: { query: 'a', documents: 'https://a.example' } }],
    ['a context that is no text', { input: { query: 'a', contexts: [1] } }],
    ['a file with unknown keys', { input: { query: 'a', images: [{ ...file, url: 'u' }] } }],
    ['metadata that is a list', { input: { query: 'a', metadata: [] } }],
    ['metadata that is deep', { input: { query: 'a', metadata: nested(17) } }],
  ])('refuses %s', (_, over) => {
    expect(() => parseCall(start(over), defaultLimits)).toThrow('HTTP 422')
  })

  it('takes metadata of limits.metadataDepth, and not one level more (T15)', () => {
    const withMetadata = (depth: number): unknown =>
      start({ input: { query: 'a', metadata: nested(depth) } })

    expect(() => parseCall(withMetadata(15), defaultLimits)).not.toThrow()
    expect(() => parseCall(withMetadata(16), defaultLimits)).not.toThrow()
    expect(() => parseCall(withMetadata(17), defaultLimits)).toThrow('HTTP 422')
  })

  it.each([
    ['contexts', () => ({ contexts: 1 })],
    ['files of one kind', () => ({ images: 1 })],
    [
      'files and contexts together',
      () => ({ documents: 0.25, images: 0.25, audios: 0.25, contexts: 0.25 }),
    ],
  ])('counts limits.inputItems over %s, and takes not one more (T15)', (_, shares) => {
    const withItems = (count: number): unknown => {
      let left = count
      const lists = Object.entries(shares()).map(([name, share], index, all) => {
        const length = index === all.length - 1 ? left : Math.floor(count * share)
        left -= length
        return [name, Array.from({ length }, () => 'item')] as const
      })
      return start({ input: { query: 'a', ...Object.fromEntries(lists) } })
    }

    expect(() => parseCall(withItems(63), defaultLimits)).not.toThrow()
    expect(() => parseCall(withItems(64), defaultLimits)).not.toThrow()
    expect(() => parseCall(withItems(65), defaultLimits)).toThrow('HTTP 413')
  })

  it('takes a runId of 128 characters, and not one more (T15)', () => {
    const withId = (length: number): unknown => start({ runId: 'r'.repeat(length) })

    expect(() => parseCall(withId(1), defaultLimits)).not.toThrow()
    expect(() => parseCall(withId(128), defaultLimits)).not.toThrow()
    expect(() => parseCall(withId(129), defaultLimits)).toThrow('HTTP 422')
    expect(() => parseCall(withId(0), defaultLimits)).toThrow('HTTP 422')
  })

  it('refuses a stop with more than it needs', () => {
    const stop = { op: 'stop', runId: 'r', agentId: 'helper' }

    expect(parseCall(stop, defaultLimits)).toEqual(stop)
    expect(() => parseCall({ ...stop, after: null }, defaultLimits)).toThrow('HTTP 422')
  })
})
