import type { FluoEvent } from '@fluokit/core/wire'
import type { EncodeShape } from './encode-shape.ts'
import { sseMessage } from './sse-message.ts'

/**
 * Completion chunks: text at `choices[0].delta.content`, calls as `function: {name, arguments}` with the arguments as
 * JSON in a string, outputs as the text of a tool's message, `[DONE]` after each final.
 */
export const encodeOpenai: EncodeShape = (event, { threadId, runId, messageId }) => {
  if (event.type === 'unknown') return sseMessage(event.raw, { event: event.event })
  const payload =
    event.type === 'run_start'
      ? { id: runId, object: 'thread.run', thread_id: threadId }
      : payloadOf(event, messageId)
  const message = sseMessage(JSON.stringify(payload), { event: event.type })
  return event.type === 'message_final' ? message + sseMessage('[DONE]') : message
}

function payloadOf(
  event: Exclude<FluoEvent, { type: 'run_start' | 'unknown' }>,
  messageId: string,
): object {
  const chunk = { id: `chatcmpl-${messageId}`, object: 'chat.completion.chunk' }
  switch (event.type) {
    case 'message_delta':
      return {
        ...chunk,
        choices: [
          { index: 0, delta: { role: 'assistant', content: event.text }, finish_reason: null },
        ],
      }
    case 'message_final':
      return {
        ...chunk,
        object: 'chat.completion',
        choices: [
          { index: 0, message: { role: 'assistant', content: event.text }, finish_reason: 'stop' },
        ],
      }
    case 'thinking_part':
      return { ...chunk, choices: [{ index: 0, delta: { reasoning: event.text } }] }
    case 'tool_start':
      return {
        id: event.callId,
        type: 'function',
        function: { name: event.name, arguments: textOf(event.input) },
      }
    case 'tool_end':
      return {
        role: 'tool',
        tool_call_id: event.callId,
        name: event.name,
        content: textOf(event.output),
        error: event.error,
      }
    case 'error':
      return {
        error: { message: event.error.detail, type: event.error.type, status: event.error.status },
      }
  }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return JSON.stringify(value)
}
