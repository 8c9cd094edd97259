import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { families } from './__fixtures__/payload-families.ts'
import { decodeEvent } from './decode-event.ts'
import type { FluoEvent } from './fluo-event.ts'

function decode(event: string, data: unknown): readonly FluoEvent[] {
  return decodeEvent({
    event,
    data: typeof data === 'string' ? data : JSON.stringify(data),
    id: '',
  })
}

const eventNames = [
  'run_start',
  'message_delta',
  'message_final',
  'thinking_part',
  'tool_start',
  'tool_end',
  'error',
]

const samples = Object.entries(families).flatMap(([family, list]) =>
  list.map(({ event, data, means }) => ({ family, event, data, means })),
)

describe('decodeEvent', () => {
  it.each(samples)('reads $event of the family "$family": $data', ({ event, data, means }) => {
    expect(decodeEvent({ event, data, id: '' })).toEqual(means)
  })

  it.each([
    ['42', '42'],
    ['-1.5e3', '-1.5e3'],
    ['true', 'true'],
    ['false', 'false'],
    ['null', 'null'],
    ['[1, 2]', '[1, 2]'],
    ['[]', '[]'],
    ['"quoted \\"text\\""', 'quoted "text"'],
    ['"42"', '42'],
    ['""', ''],
    [' leading and trailing ', ' leading and trailing '],
    ['{', '{'],
    ['{}}', '{}}'],
    ['{% raw %}', '{% raw %}'],
    ['[link]: https://example.com', '[link]: https://example.com'],
  ])('reads the data %s as the text %j', (data, text) => {
    expect(decode('message_delta', data)).toEqual([{ type: 'message_delta', text }])
  })

  it.each([
    ['message_delta', '[DONE]'],
    ['message', '[DONE]'],
    ['message', ' [DONE] '],
    ['message', ''],
    ['message', ' \n '],
    ['message_delta', ''],
    ['tool_start', ''],
    ['error', ''],
    ['ping', '2026-01-01 00:00:00'],
    ['ping', '{"thread_id":"thread_1"}'],
    ['ping', '{"type":"message_delta","text":"a"}'],
    ['keepalive', 'x'],
    ['keep-alive', 'x'],
    ['heartbeat', '{}'],
    ['message', '{"type":"ping"}'],
    ['message', '{"event":"heartbeat","data":{}}'],
  ])('reads %s with the data %j as nothing (F42)', (event, data) => {
    expect(decode(event, data)).toEqual([])
  })

  it.each([
    ['message_delta', '{"delta": "cut o'],
    ['message_final', '{"text": "a",}'],
    ['tool_start', '{"tool_name": undefined}'],
    ['run_start', '{"thread_id": "a"} trailing'],
  ])('keeps malformed JSON in %s as unknown with its raw text: %s', (event, raw) => {
    expect(decode(event, raw)).toEqual([{ type: 'unknown', event, raw }])
  })

  it.each([
    ['usage', '{"tokens":12}'],
    ['citation', 'plain words'],
    ['message', 'no type at all'],
    ['message', '{"text":"no type at all"}'],
    ['message', '{"type":7,"text":"a"}'],
    ['usage', '{"type":"message_deltas","text":"a"}'],
    ['Message_Delta', '{"delta":"a"}'],
    ['MESSAGE_DELTA', '{"delta":"a"}'],
    ['message-delta', '{"delta":"a"}'],
    ['messageDelta', '{"delta":"a"}'],
    ['message.delta', '{"delta":"a"}'],
    [' message_delta', '{"delta":"a"}'],
    ['__proto__', '{"delta":"a"}'],
    ['constructor', '{"delta":"a"}'],
    ['toString', 'x'],
    ['usage', '{"type":"hasOwnProperty"}'],
  ])('keeps %j with %s as unknown with its raw text', (event, raw) => {
    expect(decode(event, raw)).toEqual([{ type: 'unknown', event, raw }])
  })

  it.each(['message_deltas', 'run_queued', 'hasOwnProperty', '__proto__'])(
    'names an unnamed event that it does not know by its type %j (F25)',
    (type) => {
      const raw = JSON.stringify({ type, text: 'a' })

      expect(decode('message', raw)).toEqual([{ type: 'unknown', event: type, raw }])
    },
  )

  it('takes the thread ID from an event it does not know', () => {
    const raw = '{"type":"run_queued","thread_id":"thread_1"}'

    expect(decode('message', raw)).toEqual([
      { type: 'run_start', threadRef: 'thread_1' },
      { type: 'unknown', event: 'run_queued', raw },
    ])
  })

  it.each(['type', 'event', 'kind', 'event_kind'])(
    'takes the type from the field %s (F27)',
    (name) => {
      const data = { [name]: 'message_delta', text: 'a' }

      expect(decode('message', data)).toEqual([{ type: 'message_delta', text: 'a' }])
      expect(decode('update', data)).toEqual([{ type: 'message_delta', text: 'a' }])
    },
  )

  it('trusts the SSE name over the type inside (F27)', () => {
    expect(decode('message_delta', { type: 'thinking_part', text: 'a' })).toEqual([
      { type: 'message_delta', text: 'a' },
    ])
    expect(decode('thinking_part', { event: 'message_final', text: 'a' })).toEqual([
      { type: 'thinking_part', text: 'a' },
    ])
  })

  it('passes a type over that it does not know for one that it does', () => {
    expect(decode('message', { type: 'chunk', event: 'message_delta', text: 'a' })).toEqual([
      { type: 'message_delta', text: 'a' },
    ])
  })

  it('touches no prototype and reads no inherited name (F33) (T32)', () => {
    const data =
      '{"__proto__":{"delta":"evil","thread_id":"evil"},"constructor":{"prototype":{"x":1}},"text":"good"}'

    expect(decode('message_delta', data)).toEqual([{ type: 'message_delta', text: 'good' }])
    expect(({} as { delta?: string }).delta).toBeUndefined()
  })

  it('hands prototype keys in tool arguments on as plain data (F33) (T32)', () => {
    const data =
      '{"tool_name":"__proto__","tool_call_id":"constructor","input":{"__proto__":{"a":1}}}'

    const [event] = decode('tool_start', data)

    expect(event).toMatchObject({ callId: 'constructor', name: '__proto__' })
    expect(JSON.stringify(event)).toContain('"input":{"__proto__":{"a":1}}')
    expect(({} as { a?: number }).a).toBeUndefined()
  })
})

describe('decodeEvent, row by row of the names to be ready for', () => {
  const textNames = ['delta', 'text', 'content', 'content_delta', 'token', 'chunk', 'message']
  const textPlaces = ['data', 'delta', 'message', 'part']
  const toolPlaces = ['tool', 'tool_call', 'part', 'data']

  describe.each(['message_delta', 'message_final', 'thinking_part'])('%s', (type) => {
    it.each(textNames)('has its text under %s', (name) => {
      expect(decode(type, { [name]: 'a', index: 0 })).toEqual([{ type, text: 'a' }])
    })

    it.each(textPlaces.flatMap((place) => textNames.map((name) => [place, name] as const)))(
      'has its text inside %s under %s',
      (place, name) => {
        expect(decode(type, { index: 0, [place]: { [name]: 'a' } })).toEqual([{ type, text: 'a' }])
      },
    )

    it.each([
      {
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { content: ['a', 'b'] },
      { delta: { content: [{ type: 'text', text: 'ab' }] } },
      { data: { content: [{ type: 'text', text: 'a' }, { type: 'image' }, { text: 'b' }] } },
      { message: { content: [{ type: 'text', text: 'ab' }] } },
      { part: { content: [{ type: 'text', content: 'ab' }] } },
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    ])('has its text in content blocks: %j', (data) => {
      expect(decode(type, data)).toEqual([{ type, text: 'ab' }])
    })

    it('keeps empty text and white space', () => {
      expect(decode(type, { delta: '' })).toEqual([{ type, text: '' }])
      expect(decode(type, { delta: ' \n' })).toEqual([{ type, text: ' \n' }])
    })

    it.each([
      { thread_id: 't1' },
      { threadId: 't1' },
      { thread: 't1' },
      { thread: { id: 't1' } },
      { data: { thread_id: 't1' } },
      { data: { threadId: 't1' } },
      { data: { thread: 't1' } },
      { data: { thread: { id: 't1' } } },
    ])('has its thread ID in %j', (data) => {
      expect(decode(type, { ...data, text: 'a' })).toEqual([{ type, text: 'a', threadRef: 't1' }])
    })

    it.each([
      { message_id: 'm1', text: 'a' },
      { messageId: 'm1', text: 'a' },
      { message: { id: 'm1', text: 'a' } },
      { data: { message_id: 'm1', text: 'a' } },
      { data: { messageId: 'm1', text: 'a' } },
      { data: { message: { id: 'm1', content: 'a' } } },
    ])('has its message ID in %j', (data) => {
      expect(decode(type, data)).toEqual([{ type, text: 'a', messageId: 'm1' }])
    })
  })

  it.each([
    ...['thinking', 'reasoning', 'summary'].flatMap((name) => [
      { [name]: 'hm' },
      { data: { [name]: 'hm' } },
      { delta: { [name]: 'hm' } },
      { message: { [name]: 'hm' } },
      { part: { [name]: 'hm' } },
    ]),
    { part: { part_kind: 'thinking', content: 'hm' } },
    { content: [{ type: 'thinking', thinking: 'hm' }] },
    { summary: [{ type: 'summary_text', text: 'hm' }] },
  ])('reads the thinking of %j', (data) => {
    expect(decode('thinking_part', data)).toEqual([{ type: 'thinking_part', text: 'hm' }])
  })

  it.each([
    { thread_id: 't1' },
    { threadId: 't1' },
    { thread: 't1' },
    { thread: { id: 't1' } },
    { thread_id: null, threadId: 't1' },
    { thread_id: '', thread: { id: 't1' } },
    { data: { thread_id: 't1' } },
    { data: { threadId: 't1' } },
    { data: { thread: 't1' } },
    { data: { thread: { id: 't1' } } },
  ])('reads the thread ID of a run_start %j', (data) => {
    expect(decode('run_start', data)).toEqual([{ type: 'run_start', threadRef: 't1' }])
  })

  it('reads a number as a thread ID', () => {
    expect(decode('run_start', { thread_id: 7 })).toEqual([{ type: 'run_start', threadRef: '7' }])
  })

  it.each(['{}', '{"thread_id":null}', '{"thread":{}}', '{"thread_id":["a"]}', '', 'started', '1'])(
    'reads a run_start without a thread ID: %j',
    (data) => {
      expect(decode('run_start', data)).toEqual([{ type: 'run_start' }])
    },
  )

  describe.each(['tool_start', 'tool_end'])('%s', (type) => {
    const calls = ['tool_call_id', 'toolCallId', 'call_id', 'callId', 'id']
    const toolNames = ['tool_name', 'toolName', 'name']
    const inputs = ['input', 'args', 'arguments', 'parameters', 'tool_input', 'tool_args']
    const outputs = ['output', 'result', 'content', 'response', 'tool_output']
    const inPlaces = (fields: Record<string, unknown>) => [
      fields,
      ...toolPlaces.map((place) => ({ [place]: fields })),
    ]

    it.each(calls.flatMap((name) => inPlaces({ [name]: 'c1' })))(
      'has its call ID in %j',
      (data) => {
        expect(decode(type, data)).toEqual([{ type, callId: 'c1' }])
      },
    )

    it.each([
      ...toolNames.flatMap((name) => inPlaces({ [name]: 'calc' })),
      ...inPlaces({ tool: 'calc' }),
      ...inPlaces({ function: { name: 'calc' } }),
    ])('has its name in %j', (data) => {
      expect(decode(type, data)).toEqual([{ type, name: 'calc' }])
    })

    it.each(inputs.flatMap((name) => inPlaces({ [name]: { x: 1 } })))(
      'has its input in %j',
      (data) => {
        expect(decode(type, data)).toEqual([{ type, input: { x: 1 } }])
      },
    )

    it.each(inputs.flatMap((name) => inPlaces({ [name]: '{"x":1}' })))(
      'has its input as JSON text in %j',
      (data) => {
        expect(decode(type, data)).toEqual([{ type, input: { x: 1 } }])
      },
    )

    it.each(outputs.flatMap((name) => inPlaces({ [name]: [1, 'two'] })))(
      'has its output in %j',
      (data) => {
        expect(decode(type, data)).toEqual([{ type, output: [1, 'two'] }])
      },
    )

    it.each([0, false, '', 'text', 42, true, [], {}, { nested: { deep: null } }])(
      'has any JSON as its output: %j',
      (output) => {
        expect(decode(type, { output })).toEqual([{ type, output }])
      },
    )

    it.each([
      ...inPlaces({ error: 'boom' }),
      ...inPlaces({ error: { message: 'boom' } }),
      ...inPlaces({ error_message: 'boom' }),
      ...inPlaces({ detail: 'boom' }),
    ])('has its error in %j', (data) => {
      expect(decode(type, data)).toEqual([{ type, error: 'boom' }])
    })

    it.each([
      ...inPlaces({ is_error: true, output: 'boom' }),
      ...inPlaces({ status: 'error', output: 'boom' }),
    ])('has failed with its output in %j', (data) => {
      expect(decode(type, data)).toEqual([{ type, output: 'boom', error: 'boom' }])
    })

    it.each([
      { error: null },
      { error: false },
      { error: '' },
      { is_error: false },
      { status: 'success' },
      { status: 'completed', error: null, error_message: null },
    ])('has not failed with %j', (data) => {
      expect(decode(type, { ...data, output: 1 })).toEqual([{ type, output: 1 }])
    })

    it('has failed without a word of why', () => {
      expect(decode(type, { is_error: true })).toEqual([{ type, error: 'failed' }])
    })

    it('keeps an input that only looks like JSON as it is', () => {
      expect(decode(type, { input: '{not json' })).toEqual([{ type, input: '{not json' }])
    })
  })

  it.each([
    { result: { tool_call_id: 'c1', tool_name: 'calc', content: '42' } },
    { result: { toolCallId: 'c1', toolName: 'calc', output: '42' } },
    { tool_call_id: 'c1', result: { part_kind: 'tool-return', tool_name: 'calc', content: '42' } },
  ])('reads the output inside a result that names its call: %j', (data) => {
    expect(decode('tool_end', data)).toEqual([
      { type: 'tool_end', callId: 'c1', name: 'calc', output: '42' },
    ])
  })

  it('takes nothing from inside a result that is the output itself', () => {
    const result = { error: 'no match', name: 'Berlin', input: 1, is_error: true }

    expect(decode('tool_end', { tool_call_id: 'c1', result })).toEqual([
      { type: 'tool_end', callId: 'c1', output: result },
    ])
  })

  it('takes nothing from inside a list of results', () => {
    const result = [{ error: 'no match', name: 'Berlin', id: 5, is_error: true }, { name: 'Rome' }]

    expect(decode('tool_end', { toolCallId: 'c1', result })).toEqual([
      { type: 'tool_end', callId: 'c1', output: result },
    ])
  })

  it.each([
    { data: { tool: { id: 'c1', name: 'calc', input: { x: 1 } } } },
    { data: { tool_call: { id: 'c1', name: 'calc', args: { x: 1 } } } },
    { payload: { toolCall: { id: 'c1', name: 'calc', args: '{"x":1}' } } },
    { data: { part: { tool_call_id: 'c1', tool_name: 'calc', args: '{"x":1}' } } },
    { tool_call: { id: 'c1', function: { name: 'calc', arguments: '{"x":1}' } } },
    { data: { tool_call: { id: 'c1', function: { name: 'calc', arguments: { x: 1 } } } } },
    { id: 'c1', function: { name: 'calc', arguments: '{"x":1}' } },
  ])('reads a call inside an envelope: %j', (data) => {
    expect(decode('tool_start', data)).toEqual([
      { type: 'tool_start', callId: 'c1', name: 'calc', input: { x: 1 } },
    ])
  })

  it.each([
    { id: 'evt_1', type: 'tool_start', data: { id: 'call_1' } },
    { id: 'evt_1', tool_call: { id: 'call_1' } },
    { id: 'evt_1', data: { id: 'msg_1', tool_call: { id: 'call_1' } } },
    { id: 'call_1', tool: { id: 'tool_of_that_name' } },
    { id: 'evt_1', call_id: 'call_1', data: { id: 'msg_1' } },
  ])('tells the ID of the call from the ID of the event: %j', (data) => {
    expect(decode('tool_start', data)).toEqual([{ type: 'tool_start', callId: 'call_1' }])
  })

  it('reads a failed result that names its call', () => {
    const result = { tool_call_id: 'c1', is_error: true, content: 'boom' }

    expect(decode('tool_end', { result })).toEqual([
      { type: 'tool_end', callId: 'c1', output: 'boom', error: 'boom' },
    ])
  })

  it.each([
    [
      { status: 401, detail: 'No key' },
      { code: 'unauthorized', status: 401, detail: 'No key' },
    ],
    [{ status_code: 404 }, { code: 'forbidden', status: 404 }],
    [
      { error: { status: 429, message: 'Slow' } },
      { code: 'rate-limited', status: 429, detail: 'Slow' },
    ],
    [
      { error: 'words', type: 'ValidationError' },
      { code: 'upstream', detail: 'words', type: 'ValidationError' },
    ],
    [
      { status: 200, message: 'odd' },
      { code: 'upstream', detail: 'odd' },
    ],
    [{ status: 'failed' }, { code: 'upstream' }],
    [{ type: 'error' }, { code: 'upstream' }],
    ['42', { code: 'upstream', detail: '42' }],
  ])('reads an error event %j', (data, error) => {
    expect(decode('error', data)).toEqual([{ type: 'error', error }])
  })
})

describe('decodeEvent with hostile data', () => {
  const name = fc.oneof(fc.constantFrom(...eventNames, 'message', '__proto__', ''), fc.string())
  const key = fc.constantFrom(
    'type',
    'delta',
    'text',
    'content',
    'message',
    'data',
    'part',
    'choices',
    'tool',
    'tool_call',
    'function',
    'result',
    'error',
    'detail',
    'loc',
    'msg',
    'status',
    'thread',
    'id',
    'input',
    'output',
    '__proto__',
    'toString',
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(...eventNames, '', '{}', '[{', 'a'),
      fc.constantFrom(null, true, 0, 1e308, 404),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  const data = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    tree.map((value) => JSON.stringify(value)),
  )

  it('never throws and gives plain events of the seven types or unknown (F24)', () => {
    fc.assert(
      fc.property(name, data, (event, text) => {
        for (const decoded of decode(event, text)) {
          expect([...eventNames, 'unknown']).toContain(decoded.type)
          expect(JSON.parse(JSON.stringify(decoded))).toEqual(decoded)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each(eventNames)('reads %s nested 50,000 deep without overflowing', (event) => {
    const deep = '{"data":'.repeat(50_000) + '1' + '}'.repeat(50_000)
    const list = '['.repeat(50_000) + ']'.repeat(50_000)

    const read = [`{"error":${deep}}`, `{"is_error":true,"output":${deep}}`, deep, list].map(
      (text) => decode(event, text).at(-1)?.type,
    )

    expect(read).toEqual([event, event, event, event])
  })
})

describe('decodeEvent, for a message whose text it cannot find', () => {
  it.each([
    ['message_delta', '{"type":"thinking_delta","signature":"abc"}'],
    ['message_delta', '{"delta":{"tool_calls":[{"function":{"arguments":"{}"}}]}}'],
    ['message_final', '{"reply":"Hello"}'],
  ])('hands on %s %s with its raw text (F26)', (event, raw) => {
    const [first, second] = decode(event, raw)

    expect(first).toEqual({ type: 'unknown', event, raw })
    expect(second).toMatchObject({ type: event })
  })

  it.each([
    '{}',
    '{"delta":{"role":"assistant"}}',
    '{"delta":"","id":"chunk_1","model":"m"}',
    '{"delta":null,"usage":{"total_tokens":5}}',
  ])('has nothing to hand on for %s', (raw) => {
    expect(decode('message_delta', raw).map(({ type }) => type)).toEqual(['message_delta'])
  })

  it('prefers the answer of a final to a note beside it', () => {
    const data = { message: 'Run completed', output: 'The answer' }

    expect(decode('message_final', data)).toEqual([{ type: 'message_final', text: 'The answer' }])
  })

  it('reads text that stands in a value inside a block', () => {
    const data = { content: [{ type: 'text', text: { value: 'Hi' } }] }

    expect(decode('message_delta', data)).toEqual([{ type: 'message_delta', text: 'Hi' }])
  })

  it('takes plain text for the name of a tool that starts and for the output of one that ends', () => {
    expect(decode('tool_start', 'search')).toEqual([{ type: 'tool_start', name: 'search' }])
    expect(decode('tool_end', 'two hits')).toEqual([{ type: 'tool_end', output: 'two hits' }])
  })

  it('finds a thread ID under the run inside the data', () => {
    const data = { data: { run: { thread_id: 'thread_1' } } }

    expect(decode('run_start', data)).toEqual([{ type: 'run_start', threadRef: 'thread_1' }])
  })
})

describe('decodeEvent, for a thread ID in an unusual place', () => {
  it.each([
    ['run_start', 'thread_abc123', 'thread_abc123'],
    ['run_start', 'started thread_id=thread_7, run_id=run_9', 'thread_7'],
    ['run_start', '{"metadata":{"thread_id":"thread_7"}}', 'thread_7'],
    ['run_start', '{"data":{"metadata":{"threadId":"thread_7"}}}', 'thread_7'],
  ])('finds it in %s %s', (event, raw, threadRef) => {
    expect(decode(event, raw)).toEqual([{ type: 'run_start', threadRef }])
  })

  it.each(['run_abc', 'the thread begins', 'ok'])('takes none from run_start %s', (raw) => {
    expect(decode('run_start', raw)).toEqual([{ type: 'run_start' }])
  })
})

describe('decodeEvent, where a name holds nothing', () => {
  it.each([
    ['message_final', '{"text":"","content":"Whole"}', 'Whole'],
    ['message_delta', '{"delta":"","text":"Whole answer."}', 'Whole answer.'],
    [
      'message_final',
      '{"text":"","message":{"content":[{"type":"text","text":"Whole"}]}}',
      'Whole',
    ],
    ['thinking_part', '{"delta":"","thinking":"hmm"}', 'hmm'],
    ['thinking_part', '{"status":"Searching the web"}', 'Searching the web'],
    ['message_delta', '{"delta":42}', '42'],
    ['message_delta', '{"text":true}', 'true'],
    ['message_delta', '{"delta":""}', ''],
  ])('reads %s %s as %j', (event, raw, text) => {
    expect(decode(event, raw)).toEqual([{ type: event, text }])
  })

  it('takes the output that says something', () => {
    expect(decode('tool_end', '{"output":"","result":"R"}')).toEqual([
      { type: 'tool_end', output: 'R' },
    ])
  })
})

describe('decodeEvent, for a list of parts of different kinds', () => {
  it.each([
    '{"kind":"response","parts":[{"part_kind":"thinking","content":"Plan"},{"part_kind":"text","content":"Answer."}]}',
    '{"content":[{"type":"thinking","text":"Plan"},{"type":"text","text":"Answer."}]}',
    '{"message":{"content":[{"type":"reasoning","text":"Plan"},{"type":"output_text","text":"Answer."}]}}',
  ])('takes no thought for the answer in %s', (raw) => {
    expect(decode('message_final', raw)).toEqual([{ type: 'message_final', text: 'Answer.' }])
  })

  it('takes the thought for a thinking part', () => {
    const raw = '{"content":[{"type":"thinking","text":"Plan"}]}'

    expect(decode('thinking_part', raw)).toEqual([{ type: 'thinking_part', text: 'Plan' }])
  })
})
