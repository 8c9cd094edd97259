import type { FluoEvent } from '@fluokit/core/wire'
import type { EncodeShape } from './encode-shape.ts'
import { sseMessage } from './sse-message.ts'

/**
 * Envelopes around whole objects, without SSE event names: the name in `event`, the message with its blocks of
 * content under `data`, the thread as an object of its own.
 */
export const encodeNested: EncodeShape = (event, { threadId, runId, messageId }) =>
  sseMessage(
    JSON.stringify({
      event: event.type === 'unknown' ? event.event : event.type,
      data: dataOf(event, messageId),
      ...(!('callId' in event) && { thread: { id: threadId }, run: { id: runId } }),
    }),
  )

function dataOf(event: FluoEvent, messageId: string): object {
  switch (event.type) {
    case 'run_start':
      return { status: 'running' }
    case 'message_delta':
    case 'message_final':
    case 'thinking_part': {
      const type = event.type === 'thinking_part' ? 'thinking' : 'text'
      const content = event.text === undefined ? [] : [{ type, text: event.text }]
      return { message: { id: messageId, role: 'assistant', content } }
    }
    case 'tool_start':
      return { id: event.callId, name: event.name, arguments: event.input, status: 'running' }
    case 'tool_end':
      return {
        id: event.callId,
        name: event.name,
        response: event.output,
        status: event.error === undefined ? 'completed' : 'error',
        ...(event.error !== undefined && { error: { message: event.error } }),
      }
    case 'error':
      return { error: { message: event.error.detail, type: event.error.type } }
    case 'unknown':
      return { raw: event.raw }
  }
}
