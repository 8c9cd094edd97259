import { decodeEvent, readSse, type FluoEvent } from '@fluokit/core/wire'
import { describe, expect, it } from 'vitest'
import { shapes, type ShapeName } from './shapes.ts'

const ids = { threadId: 'thread_7', runId: 'run_7', messageId: 'message_7' }
const names = Object.keys(shapes) as ShapeName[]
const text = 'Grüße 👋, "quoted"\n\n  and indented'
const call = { callId: 'call_1', name: 'calculator' }

async function decoded(name: ShapeName, event: FluoEvent): Promise<FluoEvent[]> {
  const body = new Response(shapes[name](event, ids)).body
  const events: FluoEvent[] = []
  if (body === null) return events
  for await (const message of readSse(body)) events.push(...decodeEvent(message))
  return events
}

/** What is left of a meaning without the IDs that some shapes carry and others do not. */
function withoutIds(events: readonly FluoEvent[]): unknown[] {
  return events.flatMap((event) => {
    if (event.type === 'run_start') return []
    const {
      threadRef: _thread,
      messageId: _message,
      ...rest
    } = {
      threadRef: undefined,
      messageId: undefined,
      ...event,
    }
    return [rest]
  })
}

describe('shapes', () => {
  it.each([
    [
      'flat',
      'event: message_delta\ndata: {"delta":"Hi","thread_id":"thread_7"}\n\n',
      'event: tool_end\ndata: {"tool_call_id":"call_1","tool_name":"calculator","output":{"value":391}}\n\n',
    ],
    [
      'typed',
      'data: {"type":"message_delta","data":{"text":"Hi"},"threadId":"thread_7","messageId":"message_7"}\n\n',
      'data: {"type":"tool_end","data":{"toolCallId":"call_1","toolName":"calculator","result":{"value":391}},"threadId":"thread_7"}\n\n',
    ],
    [
      'nested',
      'data: {"event":"message_delta","data":{"message":{"id":"message_7","role":"assistant","content":[{"type":"text","text":"Hi"}]}},"thread":{"id":"thread_7"},"run":{"id":"run_7"}}\n\n',
      'data: {"event":"tool_end","data":{"id":"call_1","name":"calculator","response":{"value":391},"status":"completed"}}\n\n',
    ],
    [
      'plain',
      'event: message_delta\ndata: Hi\n\n',
      'event: tool_end\ndata: {"tool":"calculator","call_id":"call_1","result":{"value":391}}\n\n',
    ],
    [
      'pydantic',
      'event: message_delta\r\ndata: {"event_kind":"part_delta","index":0,"delta":{"content_delta":"Hi","part_delta_kind":"text"}}\r\n\r\n',
      'event: tool_end\r\ndata: {"event_kind":"function_tool_result","result":{"tool_name":"calculator","content":{"value":391},"tool_call_id":"call_1","part_kind":"tool-return"}}\r\n\r\n',
    ],
    [
      'openai',
      'event: message_delta\ndata: {"id":"chatcmpl-message_7","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}\n\n',
      'event: tool_end\ndata: {"role":"tool","tool_call_id":"call_1","name":"calculator","content":"{\\"value\\":391}"}\n\n',
    ],
  ] as const)('writes %s as its family does', (name, delta, end) => {
    const encode = shapes[name]

    expect(encode({ type: 'message_delta', text: 'Hi' }, ids)).toBe(delta)
    expect(encode({ type: 'tool_end', ...call, output: { value: 391 } }, ids)).toBe(end)
  })

  it.each(names)('tells the thread in %s', async (name) => {
    expect(await decoded(name, { type: 'run_start' })).toEqual([
      { type: 'run_start', threadRef: 'thread_7' },
    ])
    expect(await decoded(name, { type: 'run_start', threadRef: 'thread_own' })).toEqual([
      { type: 'run_start', threadRef: 'thread_own' },
    ])
  })

  const meanings: readonly (readonly [string, FluoEvent])[] = [
    ['a delta', { type: 'message_delta', text }],
    ['a line end', { type: 'message_delta', text: '\n' }],
    ['spaces', { type: 'message_delta', text: '  ' }],
    ['a number', { type: 'message_delta', text: '42' }],
    ['a final', { type: 'message_final', text }],
    ['thinking', { type: 'thinking_part', text }],
    ['the start of a tool', { type: 'tool_start', ...call, input: { expression: '17 * 23' } }],
    ['the end of a tool', { type: 'tool_end', ...call, output: { value: 391 } }],
    ['a list as output', { type: 'tool_end', ...call, output: [1, 'two'] }],
    ['text as output', { type: 'tool_end', ...call, output: 'three hundred' }],
  ]

  it.each(names.flatMap((name) => meanings.map((meaning) => [name, ...meaning] as const)))(
    'is read back: %s, %s',
    async (name, _meaning, event) => {
      expect(withoutIds(await decoded(name, event))).toEqual([event])
    },
  )

  it.each(names)('is read back: %s, a final without text', async (name) => {
    const [final] = withoutIds(await decoded(name, { type: 'message_final' }))

    expect(final).toMatchObject({ type: 'message_final' })
    expect((final as { text?: string }).text ?? '').toBe('')
  })

  it.each(names)('is read back: %s, a tool that failed', async (name) => {
    const event = { type: 'tool_end', ...call, error: 'Division by zero' } as const

    expect(withoutIds(await decoded(name, event))[0]).toMatchObject(event)
  })

  it.each(names)('is read back: %s, an error', async (name) => {
    const error = { code: 'upstream', detail: 'The model is overloaded.' } as const
    const event = { type: 'error', error } as const

    const [read] = withoutIds(await decoded(name, event))

    expect(read).toMatchObject({ type: 'error', error: { code: 'upstream' } })
    expect((read as typeof event).error.detail).toContain('The model is overloaded.')
  })

  it.each(names)('is read back: %s, an unknown event', async (name) => {
    const event = { type: 'unknown', event: 'citation', raw: '{"page":4}' } as const

    expect(withoutIds(await decoded(name, event))[0]).toMatchObject({ type: 'unknown' })
  })

  it.each(['typed', 'nested'] as const)('carries message IDs in %s', async (name) => {
    expect(await decoded(name, { type: 'message_delta', text: 'Hi' })).toMatchObject([
      { messageId: 'message_7' },
    ])
    expect(await decoded(name, { type: 'message_final', messageId: 'own' })).toMatchObject([
      { messageId: 'own' },
    ])
  })
})
