import { dataLine, type Protocol } from './protocol.ts'

/** The smallest thing that streams: for the hand-written loop and the plain DOM pages. */
export const plain: Protocol = {
  headers: {},
  before: () => '',
  delta: (text) => dataLine({ text }),
  after: () => 'data: [DONE]\n\n',
}

/** The AI SDK's UI message stream, as `toUIMessageStream` of a text answer writes it. */
export const aiSdk: Protocol = {
  headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
  before: () =>
    dataLine({ type: 'start', messageId: 'answer' }) +
    dataLine({ type: 'start-step' }) +
    dataLine({ type: 'text-start', id: 'text' }),
  delta: (delta) => dataLine({ type: 'text-delta', id: 'text', delta }),
  after: () =>
    dataLine({ type: 'text-end', id: 'text' }) +
    dataLine({ type: 'finish-step' }) +
    dataLine({ type: 'finish', finishReason: 'stop' }) +
    'data: [DONE]\n\n',
}

/** TanStack AI's stream: AG-UI events. */
export const tanstack: Protocol = {
  headers: {},
  before: () =>
    dataLine({ type: 'RUN_STARTED', threadId: 'thread', runId: 'run', timestamp: Date.now() }) +
    dataLine({
      type: 'TEXT_MESSAGE_START',
      messageId: 'answer',
      role: 'assistant',
      timestamp: Date.now(),
    }),
  delta: (delta) =>
    dataLine({
      type: 'TEXT_MESSAGE_CONTENT',
      messageId: 'answer',
      delta,
      timestamp: Date.now(),
    }),
  after: () =>
    dataLine({ type: 'TEXT_MESSAGE_END', messageId: 'answer', timestamp: Date.now() }) +
    dataLine({
      type: 'RUN_FINISHED',
      threadId: 'thread',
      runId: 'run',
      finishReason: 'stop',
      timestamp: Date.now(),
    }),
}

/** Fluo's streaming threads, for the relay to read: named events with few fields. */
export const fluo: Protocol = {
  headers: {},
  before: () => named('run_start', { run_id: 'run', thread_id: 'thread' }),
  delta: (delta) => named('message_delta', { delta, thread_id: 'thread' }),
  after: ({ text }) => named('message_final', { content: text, thread_id: 'thread' }),
}

function named(event: string, payload: object): string {
  return `event: ${event}\n${dataLine(payload)}`
}
