import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeEvent, parseError, parseEvent } from './encode-event.ts'
import type { FluoErrorCode } from './errors.ts'
import type { FluoEvent } from './fluo-event.ts'

/** Any string: surrogates without a partner, line ends, and what JSON escapes. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    'a\r\nb',
    'a\rb',
    '\n',
    '\u2028\u2029',
    '\ud83d',
    '\ude00',
    '\0',
    '\uFEFF',
    '"\\',
    'data: x\n\n',
  ),
)
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const optional = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] })
const code = fc.constantFrom<FluoErrorCode>(
  'network',
  'not-a-stream',
  'empty',
  'too-large',
  'rate-limited',
  'unauthorized',
  'forbidden',
  'thread-gone',
  'thread-conflict',
  'invalid',
  'upstream',
  'stalled',
  'limit',
)
const event: fc.Arbitrary<FluoEvent> = fc.oneof(
  optional({ threadRef: text }).map((rest) => ({ type: 'run_start', ...rest }) as const),
  fc
    .tuple(
      fc.constantFrom('message_delta', 'message_final', 'thinking_part'),
      optional({
        text,
        mode: fc.constantFrom('append', 'replace'),
        messageId: text,
        threadRef: text,
      }),
    )
    .map(([type, rest]) => ({ type, ...rest })),
  fc
    .tuple(
      fc.constantFrom('tool_start', 'tool_end'),
      optional({ callId: text, name: text, input: json, output: json, error: text }),
    )
    .map(([type, rest]) => ({ type, ...rest })),
  fc
    .tuple(
      code,
      optional({
        status: fc.nat(),
        detail: text,
        type: text,
        retryAt: fc.nat(),
        requestId: text,
      }),
    )
    .map(([known, rest]) => ({ type: 'error', error: { code: known, ...rest } }) as const),
  fc.record({ type: fc.constant('unknown'), event: text, raw: text }),
)

describe('encodeEvent', () => {
  it('comes back through parseEvent as the same event, on one line (T17)', () => {
    fc.assert(
      fc.property(event, (given) => {
        const encoded = encodeEvent(given)

        expect(encoded).not.toMatch(/[\r\n]/)
        expect(parseEvent(encoded)).toEqual(given)
      }),
      { numRuns: 1000 },
    )
  })

  it('comes back through UTF-8 as the same event, with half a surrogate pair as well (F31)', () => {
    const given = { type: 'message_delta', text: 'half \ud83d' } as const

    const bytes = new TextEncoder().encode(encodeEvent(given))

    expect(parseEvent(new TextDecoder().decode(bytes))).toEqual(given)
  })
})

describe('parseEvent', () => {
  it.each([
    '',
    'null',
    '42',
    '"text"',
    '[]',
    '{}',
    '{"type":"message_delta"',
    '{"type":"message-delta","text":"a"}',
    '{"type":"from_a_newer_relay"}',
    '{"type":"error"}',
    '{"type":"error","error":{"code":"no-such-code"}}',
    '{"type":"error","error":{"code":"toString"}}',
    '{"type":"error","error":"network"}',
    '{"type":"unknown"}',
    '{"type":"unknown","event":1,"raw":""}',
    '{"type":"__proto__"}',
    '<!doctype html>',
  ])('keeps %j as unknown with its raw text', (raw) => {
    expect(parseEvent(raw)).toEqual({ type: 'unknown', event: '', raw })
  })

  it('leaves out fields of the wrong type and fields it does not know', () => {
    const json =
      '{"type":"message_delta","text":1,"mode":"both","messageId":null,"threadRef":{},"x":1}'

    expect(parseEvent(json)).toEqual({ type: 'message_delta' })
  })

  it('touches no prototype (F33) (T32)', () => {
    const parsed = parseEvent(
      '{"type":"tool_start","__proto__":{"name":"x"},"input":{"__proto__":{"y":1}}}',
    )

    expect(parsed).not.toHaveProperty('name')
    expect(({} as { y?: number }).y).toBeUndefined()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (raw) => {
        expect(parseEvent(raw)).toHaveProperty('type')
      }),
    )
  })
})

describe('parseError', () => {
  it('reads the facts and leaves out what has the wrong type', () => {
    const error = {
      code: 'rate-limited',
      status: 429,
      retryAt: 'soon',
      detail: 7,
      requestId: 'req_1',
    }

    expect(parseError(error)).toEqual({ code: 'rate-limited', status: 429, requestId: 'req_1' })
  })

  it.each([null, undefined, 'network', 7, [], {}, { code: 7 }, { code: 'constructor' }])(
    'reads %j as none',
    (value) => {
      expect(parseError(value)).toBeNull()
    },
  )
})
