import { describe, expect, it } from 'vitest'
import { createMask } from './mask.ts'
import { safeEvent } from './safe-event.ts'

const mask = createMask({ apiKey: 'sk-secret-key', projectId: 'project-1' })
mask.learn('12345678')

const secrets = { mask, requestId: 'r', threadRef: undefined }

describe('safeEvent', () => {
  it.each(['message_delta', 'message_final', 'thinking_part'] as const)(
    'takes only the key out of what %s says to a person, and IDs out of its other fields (T08)',
    (type) => {
      const text = 'I am 12345678 of project-1, and my key is sk-secret-key.'

      expect(safeEvent({ type, text, messageId: 'm-12345678' }, secrets)).toEqual({
        type,
        text: 'I am 12345678 of project-1, and my key is [hidden].',
        messageId: 'm-[hidden]',
      })
    },
  )

  it('takes IDs and secrets out of every field of a tool call (T08)', () => {
    const said = 'thread 12345678 of project-1 by sk-secret-key'
    const safe = 'thread [hidden] of [hidden] by [hidden]'

    expect(
      safeEvent(
        {
          type: 'tool_end',
          callId: said,
          name: said,
          input: [said],
          output: { [said]: { deep: said } },
          error: said,
        },
        secrets,
      ),
    ).toEqual({
      type: 'tool_end',
      callId: safe,
      name: safe,
      input: [safe],
      output: { [safe]: { deep: safe } },
      error: safe,
    })
  })

  it.each([
    ['a number that is no thread', '{ "total": 12345678 }', '{"total":12345678}'],
    ['a number under a thread key', '{"thread_id":12345678}', '{"thread_id":"[hidden]"}'],
    ['a string', '{"a":"see 12345678"}', '{"a":"see [hidden]"}'],
    ['a key given twice', '{"a":"12345678","a":"b"}', '{"a":"b"}'],
    ['an escape', String.raw`{"a":"\u0031\u0032345678"}`, '{"a":"[hidden]"}'],
    ['text that happens to be a number', '12345678', '[hidden]'],
    ['nothing to hide', '{ "a": [1, "b"] }', '{ "a": [1, "b"] }'],
  ])('masks raw text with %s (T08)', (_, raw, masked) => {
    const event = { type: 'unknown', event: 'usage', raw } as const

    expect(safeEvent(event, secrets)).toEqual({
      ...event,
      raw: masked,
    })
  })
})
