import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newThreadRecord, parseThreadRecord, type ThreadRecord } from './thread-record.ts'

const record: ThreadRecord = {
  version: 1,
  id: 'record',
  agentId: 'agent',
  threadKey: 'current',
  threadRef: 'ref',
  title: 'A title',
  name: 'My own',
  askedAt: 1,
  revision: 3,
  updatedAt: 2,
  draft: { query: 'A draft' },
  open: {
    turnId: 'turn',
    input: { query: 'Hi', documents: ['https://example.com/a.pdf'], metadata: { a: 1 } },
    sentAt: 1,
    run: { runId: 'run', agentId: 'agent', after: '7' },
    isAccepted: true,
    end: 'failed',
    error: { code: 'rate-limited', status: 429, retryAt: 3 },
  },
}

describe('parseThreadRecord', () => {
  it('reads back what was written', () => {
    expect(parseThreadRecord(JSON.stringify(record))).toEqual(record)
  })

  it('reads a new record back', () => {
    const fresh = newThreadRecord('agent', 'key', null)

    expect(parseThreadRecord(JSON.stringify(fresh))).toEqual(fresh)
    expect(newThreadRecord('agent', 'key', null).id).not.toBe(fresh.id)
  })

  it('reads null for a record with a required field of another type, and never throws', () => {
    const required = fc.constantFrom('version', 'id', 'agentId', 'threadKey', 'updatedAt')
    const other = fc.oneof(fc.constant(null), fc.boolean(), fc.array(fc.string()), fc.object())
    fc.assert(
      fc.property(required, other, (name, value) => {
        expect(parseThreadRecord(JSON.stringify({ ...record, [name]: value }))).toBeNull()
      }),
    )
  })

  it('leaves out an optional field of another type', () => {
    const odd = { ...record, threadRef: 7, title: {}, draft: 'text', open: [] }

    expect(parseThreadRecord(JSON.stringify(odd))).toEqual({
      ...record,
      threadRef: null,
      title: null,
      draft: null,
      open: null,
    })
  })

  it('never throws, whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant(null)), (text) => {
        expect(parseThreadRecord(text)).toBeNull()
      }),
    )
  })
})
