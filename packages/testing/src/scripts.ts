import { deltaSteps } from './delta-steps.ts'
import { defineScript, type Script, type Step } from './script.ts'
import { codeAnswer, greeting, longAnswer } from './script-texts.ts'

/** The names of the scripts that come with the kit. */
export type ScriptName =
  | 'greeting'
  | 'thinkingAndTool'
  | 'longAnswer'
  | 'codeAnswer'
  | 'severalMessages'
  | 'toolsOnly'
  | 'toolFails'
  | 'toolUnfinished'
  | 'finalOnly'
  | 'nothing'
  | 'unknownEvent'
  | 'errorEvent'
  | 'interrupted'
  | 'reset'
  | 'stalled'
  | 'heldOpen'
  | 'unauthorized'
  | 'threadGone'
  | 'rateLimited'
  | 'serverError'

const start: Step = { event: { type: 'run_start' } }

function answer(text: string): readonly Step[] {
  return [...deltaSteps(text), { event: { type: 'message_final', text } }]
}

function calculation(callId: string): readonly Step[] {
  const call = { callId, name: 'calculator' }
  return [
    { event: { type: 'tool_start', ...call, input: { expression: '17 * 23' } } },
    { waitMs: 300 },
    { event: { type: 'tool_end', ...call, output: { value: 391 } } },
    { waitMs: 50 },
  ]
}

/** Whole runs for tests, stories and the demo: the answers an agent gives and the ways in which it fails to. */
export const scripts: Readonly<Record<ScriptName, Script>> = {
  greeting: defineScript('greeting', [start, ...answer(greeting)]),
  thinkingAndTool: defineScript('thinking and a tool call', [
    start,
    { event: { type: 'thinking_part', text: 'The question needs a product. ' } },
    { waitMs: 150 },
    { event: { type: 'thinking_part', text: 'I will use the calculator.' } },
    { waitMs: 150 },
    ...calculation('call_1'),
    ...answer('17 times 23 is 391.'),
  ]),
  longAnswer: defineScript('long answer', [start, ...answer(longAnswer)]),
  codeAnswer: defineScript('code answer', [start, ...answer(codeAnswer)]),
  severalMessages: defineScript('several messages', [
    start,
    ...answer('Let me work that out first.'),
    ...calculation('call_1'),
    ...answer('It is 391.'),
  ]),
  toolsOnly: defineScript('tools only', [
    start,
    ...calculation('call_1'),
    ...calculation('call_2'),
  ]),
  toolFails: defineScript('a tool fails', [
    start,
    {
      event: {
        type: 'tool_start',
        callId: 'call_1',
        name: 'calculator',
        input: { expression: '1 / 0' },
      },
    },
    { waitMs: 200 },
    {
      event: { type: 'tool_end', callId: 'call_1', name: 'calculator', error: 'Division by zero' },
    },
    ...answer('That cannot be divided.'),
  ]),
  toolUnfinished: defineScript('a tool never ends', [
    start,
    {
      event: { type: 'tool_start', callId: 'call_1', name: 'search', input: { query: 'policies' } },
    },
    { waitMs: 200 },
    { fault: 'clean-close' },
  ]),
  finalOnly: defineScript('final only', [
    start,
    { event: { type: 'message_final', text: greeting } },
  ]),
  nothing: defineScript('nothing', []),
  unknownEvent: defineScript('unknown event', [
    start,
    { event: { type: 'unknown', event: 'citation', raw: '{"source":"policy-a.pdf","page":4}' } },
    ...answer('The first policy says so on page 4.'),
  ]),
  errorEvent: defineScript('error in mid-stream', [
    start,
    ...deltaSteps('I was about to say'),
    { event: { type: 'error', error: { code: 'upstream', detail: 'The model is overloaded.' } } },
  ]),
  interrupted: defineScript('closed before the final', [
    start,
    ...deltaSteps('This answer ends in the middle of a'),
    { fault: 'clean-close' },
  ]),
  reset: defineScript('connection reset', [
    start,
    ...deltaSteps('This connection breaks in the middle of a'),
    { fault: 'reset' },
  ]),
  stalled: defineScript('stalled', [start, ...deltaSteps('Then nothing more'), { fault: 'stall' }]),
  heldOpen: defineScript('held open after the final', [
    start,
    ...answer(greeting),
    { fault: 'stall' },
  ]),
  unauthorized: defineScript('401', [{ status: 401, detail: 'Invalid API key' }]),
  threadGone: defineScript('404', [{ status: 404, detail: 'Thread not found' }]),
  rateLimited: defineScript('429', [
    { status: 429, detail: 'Rate limit exceeded', retryAfter: '2' },
  ]),
  serverError: defineScript('500', [{ status: 500, detail: 'Internal Server Error' }]),
}
