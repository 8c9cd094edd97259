import { describe, expect, it } from 'vitest'
import { createMask } from './mask.ts'
import { safeEvent } from './safe-event.ts'

const mask = createMask([])
mask.learn('12345678')

describe('safeEvent', () => {
  it.each([
    ['a number that is no thread', '{ "total": 12345678 }', '{"total":12345678}'],
    ['a number under a thread key', '{"thread_id":12345678}', '{"thread_id":"[hidden]"}'],
    ['a string', '{"a":"see 12345678"}', '{"a":"see [hidden]"}'],
    ['a key given twice', '{"a":"12345678","a":"b"}', '{"a":"b"}'],
    ['an escape', String.raw`{"a":"\u0031\u0032345678"}`, '{"a":"[hidden]"}'],
    ['text that happens to be a number', '12345678', '[hidden]'],
    ['nothing to hide', '{ "a": [1, "b"] }', '{ "a": [1, "b"] }'],
  ])('masks raw text with %s', (_, raw, masked) => {
    const event = { type: 'unknown', event: 'usage', raw } as const

    expect(safeEvent(event, { mask, requestId: 'r', threadRef: undefined })).toEqual({
      ...event,
      raw: masked,
    })
  })
})
