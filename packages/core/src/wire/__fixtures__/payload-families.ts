import type { FluoEvent } from '../fluo-event.ts'

/** One message as it stands on the wire, and what it means. Written out by hand: nothing here comes from the decoder. */
export interface Sample {
  readonly event: string
  readonly data: string
  readonly means: readonly FluoEvent[]
}

const sample = (event: string, data: string, ...means: readonly FluoEvent[]): Sample => ({
  event,
  data,
  means,
})

/** The same short run as seven kinds of servers would write it, with an error at its end. */
export const families: Readonly<Record<string, readonly Sample[]>> = {
  'flat, with SSE names': [
    sample('run_start', '{"thread_id":"thread_1","run_id":"run_1"}', {
      type: 'run_start',
      threadRef: 'thread_1',
    }),
    sample('thinking_part', '{"text":"I need the calculator."}', {
      type: 'thinking_part',
      text: 'I need the calculator.',
    }),
    sample(
      'tool_start',
      '{"tool_call_id":"call_1","tool_name":"calculator","input":{"expression":"6*7"}}',
      { type: 'tool_start', callId: 'call_1', name: 'calculator', input: { expression: '6*7' } },
    ),
    sample('tool_end', '{"tool_call_id":"call_1","tool_name":"calculator","output":42}', {
      type: 'tool_end',
      callId: 'call_1',
      name: 'calculator',
      output: 42,
    }),
    sample('message_delta', '{"delta":"6 times 7 "}', {
      type: 'message_delta',
      text: '6 times 7 ',
    }),
    sample('message_delta', '{"delta":"is 42.\\n"}', { type: 'message_delta', text: 'is 42.\n' }),
    sample('message_final', '{"text":"6 times 7 is 42.\\n","message_id":"msg_1"}', {
      type: 'message_final',
      text: '6 times 7 is 42.\n',
      messageId: 'msg_1',
    }),
    sample('error', '{"detail":"The model is not available."}', {
      type: 'error',
      error: { code: 'upstream', detail: 'The model is not available.' },
    }),
  ],
  'typed inside data, with an envelope and no SSE names': [
    sample('message', '{"type":"run_start","data":{"thread_id":"thread_1"}}', {
      type: 'run_start',
      threadRef: 'thread_1',
    }),
    sample('message', '{"type":"thinking_part","data":{"content":"I need the calculator."}}', {
      type: 'thinking_part',
      text: 'I need the calculator.',
    }),
    sample(
      'message',
      '{"type":"tool_start","data":{"id":"call_1","name":"calculator","args":{"expression":"6*7"}}}',
      { type: 'tool_start', callId: 'call_1', name: 'calculator', input: { expression: '6*7' } },
    ),
    sample('message', '{"type":"tool_end","data":{"id":"call_1","result":"42"}}', {
      type: 'tool_end',
      callId: 'call_1',
      output: '42',
    }),
    sample('message', '{"type":"message_delta","data":{"content":"6 times 7 is"}}', {
      type: 'message_delta',
      text: '6 times 7 is',
    }),
    sample('message', '{"event":"message_delta","data":{"delta":{"content":" 42."}}}', {
      type: 'message_delta',
      text: ' 42.',
    }),
    sample(
      'message',
      '{"type":"message_final","data":{"message_id":"msg_1","content":"6 times 7 is 42."}}',
      { type: 'message_final', text: '6 times 7 is 42.', messageId: 'msg_1' },
    ),
    sample('message', '{"type":"error","data":{"message":"The model is not available."}}', {
      type: 'error',
      error: { code: 'upstream', detail: 'The model is not available.' },
    }),
  ],
  'nested messages with content blocks': [
    sample('run_start', '{"thread":{"id":"thread_1","object":"thread"},"run":{"id":"run_1"}}', {
      type: 'run_start',
      threadRef: 'thread_1',
    }),
    sample(
      'thinking_part',
      '{"message":{"id":"msg_1","content":[{"type":"thinking","thinking":"I need the calculator."}]}}',
      { type: 'thinking_part', text: 'I need the calculator.', messageId: 'msg_1' },
    ),
    sample(
      'tool_start',
      '{"tool":{"id":"call_1","name":"calculator","input":{"expression":"6*7"}}}',
      { type: 'tool_start', callId: 'call_1', name: 'calculator', input: { expression: '6*7' } },
    ),
    sample(
      'tool_end',
      '{"tool":{"id":"call_1","name":"calculator","output":[{"type":"text","text":"42"}]}}',
      {
        type: 'tool_end',
        callId: 'call_1',
        name: 'calculator',
        output: [{ type: 'text', text: '42' }],
      },
    ),
    sample(
      'message_delta',
      '{"message":{"id":"msg_1","role":"assistant","content":[{"type":"text","text":"6 times 7 "}]}}',
      { type: 'message_delta', text: '6 times 7 ', messageId: 'msg_1' },
    ),
    sample(
      'message_delta',
      '{"message_id":"msg_1","delta":{"type":"text_delta","text":"is 42."}}',
      { type: 'message_delta', text: 'is 42.', messageId: 'msg_1' },
    ),
    sample(
      'message_final',
      '{"message":{"id":"msg_1","role":"assistant","content":[{"type":"text","text":"6 times 7 "},{"type":"image","url":"https://example.com/a.png"},{"type":"text","text":"is 42."}]}}',
      { type: 'message_final', text: '6 times 7 is 42.', messageId: 'msg_1' },
    ),
    sample('error', '{"error":{"type":"overloaded_error","message":"Overloaded"}}', {
      type: 'error',
      error: { code: 'upstream', detail: 'Overloaded', type: 'overloaded_error' },
    }),
  ],
  'plain text': [
    sample('run_start', '', { type: 'run_start' }),
    sample('thinking_part', 'I need the calculator.', {
      type: 'thinking_part',
      text: 'I need the calculator.',
    }),
    sample('message_delta', '6 times 7 ', { type: 'message_delta', text: '6 times 7 ' }),
    sample('message_delta', ' is', { type: 'message_delta', text: ' is' }),
    sample('message_delta', '42', { type: 'message_delta', text: '42' }),
    sample('message_delta', '"is 42."', { type: 'message_delta', text: 'is 42.' }),
    sample('message_delta', '{ x | x > 1 }', { type: 'message_delta', text: '{ x | x > 1 }' }),
    sample('message_delta', '[1](https://example.com)', {
      type: 'message_delta',
      text: '[1](https://example.com)',
    }),
    sample('message_delta', 'two\nlines', { type: 'message_delta', text: 'two\nlines' }),
    sample('message_final', '6 times 7 is 42.', {
      type: 'message_final',
      text: '6 times 7 is 42.',
    }),
    sample('message_final', '', { type: 'message_final', text: '' }),
    sample('error', 'The model is not available.', {
      type: 'error',
      error: { code: 'upstream', detail: 'The model is not available.' },
    }),
  ],
  'parts in the manner of pydantic-ai': [
    sample('run_start', '{"event_kind":"run_start","threadId":"thread_1"}', {
      type: 'run_start',
      threadRef: 'thread_1',
    }),
    sample(
      'thinking_part',
      '{"index":0,"part":{"content":"I need the calculator.","id":null,"signature":null,"part_kind":"thinking"},"event_kind":"part_start"}',
      { type: 'thinking_part', text: 'I need the calculator.' },
    ),
    sample(
      'thinking_part',
      '{"index":0,"delta":{"content_delta":" Now.","part_delta_kind":"thinking"},"event_kind":"part_delta"}',
      { type: 'thinking_part', text: ' Now.' },
    ),
    sample(
      'tool_start',
      '{"part":{"tool_name":"calculator","args":"{\\"expression\\": \\"6*7\\"}","tool_call_id":"call_1","part_kind":"tool-call"},"event_kind":"function_tool_call"}',
      { type: 'tool_start', callId: 'call_1', name: 'calculator', input: { expression: '6*7' } },
    ),
    sample(
      'tool_end',
      '{"result":{"tool_name":"calculator","content":42,"tool_call_id":"call_1","metadata":null,"part_kind":"tool-return"},"event_kind":"function_tool_result"}',
      { type: 'tool_end', callId: 'call_1', name: 'calculator', output: 42 },
    ),
    sample(
      'message_delta',
      '{"index":1,"part":{"content":"6 times 7 ","part_kind":"text"},"event_kind":"part_start"}',
      { type: 'message_delta', text: '6 times 7 ' },
    ),
    sample(
      'message_delta',
      '{"index":1,"delta":{"content_delta":"is 42.","part_delta_kind":"text"},"event_kind":"part_delta"}',
      { type: 'message_delta', text: 'is 42.' },
    ),
    sample('message_final', '{"output":"6 times 7 is 42.","event_kind":"final_result"}', {
      type: 'message_final',
      text: '6 times 7 is 42.',
    }),
    sample(
      'error',
      '{"detail":[{"type":"missing","loc":["body","query"],"msg":"Field required","input":{}}],"type":"ValidationError"}',
      {
        type: 'error',
        error: { code: 'upstream', detail: 'body.query: Field required', type: 'ValidationError' },
      },
    ),
  ],
  'choices in the manner of OpenAI': [
    sample(
      'message_delta',
      '{"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"6 times 7 "},"finish_reason":null}]}',
      { type: 'message_delta', text: '6 times 7 ' },
    ),
    sample(
      'message_delta',
      '{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"is 42."}}]}',
      { type: 'message_delta', text: 'is 42.' },
    ),
    sample('message_delta', '{"id":"chatcmpl-1","choices":[{"index":0,"delta":{}}],"usage":null}', {
      type: 'message_delta',
    }),
    sample(
      'tool_start',
      '{"tool_call":{"id":"call_1","type":"function","function":{"name":"calculator","arguments":"{\\"expression\\":\\"6*7\\"}"}}}',
      { type: 'tool_start', callId: 'call_1', name: 'calculator', input: { expression: '6*7' } },
    ),
    sample('tool_end', '{"role":"tool","tool_call_id":"call_1","content":"42"}', {
      type: 'tool_end',
      callId: 'call_1',
      output: '42',
    }),
    sample(
      'message_final',
      '{"id":"chatcmpl-1","choices":[{"index":0,"message":{"role":"assistant","content":"6 times 7 is 42."},"finish_reason":"stop"}]}',
      { type: 'message_final', text: '6 times 7 is 42.' },
    ),
    sample('message_delta', '[DONE]'),
    sample(
      'error',
      '{"error":{"message":"Rate limit reached","type":"requests","status":429,"code":"rate_limit_exceeded"}}',
      {
        type: 'error',
        error: {
          code: 'rate-limited',
          status: 429,
          detail: 'Rate limit reached',
          type: 'requests',
        },
      },
    ),
  ],
  'camel case': [
    sample('run_start', '{"runId":"run_1","threadId":"thread_1"}', {
      type: 'run_start',
      threadRef: 'thread_1',
    }),
    sample('thinking_part', '{"reasoning":"I need the calculator.","messageId":"msg_1"}', {
      type: 'thinking_part',
      text: 'I need the calculator.',
      messageId: 'msg_1',
    }),
    sample(
      'tool_start',
      '{"toolCallId":"call_1","toolName":"calculator","args":{"expression":"6*7"},"threadId":"thread_1"}',
      { type: 'run_start', threadRef: 'thread_1' },
      { type: 'tool_start', callId: 'call_1', name: 'calculator', input: { expression: '6*7' } },
    ),
    sample('tool_end', '{"toolCallId":"call_1","result":{"value":42}}', {
      type: 'tool_end',
      callId: 'call_1',
      output: { value: 42 },
    }),
    sample('message_delta', '{"messageId":"msg_2","token":"6 times 7 "}', {
      type: 'message_delta',
      text: '6 times 7 ',
      messageId: 'msg_2',
    }),
    sample('message_delta', '{"messageId":"msg_2","chunk":"is 42.","threadId":"thread_1"}', {
      type: 'message_delta',
      text: 'is 42.',
      messageId: 'msg_2',
      threadRef: 'thread_1',
    }),
    sample('message_final', '{"messageId":"msg_2","message":"6 times 7 is 42."}', {
      type: 'message_final',
      text: '6 times 7 is 42.',
      messageId: 'msg_2',
    }),
    sample('error', '{"error":"The model is not available.","status":503}', {
      type: 'error',
      error: { code: 'upstream', status: 503, detail: 'The model is not available.' },
    }),
  ],
}
