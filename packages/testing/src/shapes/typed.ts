import type { FluoEvent } from '@fluokit/core/wire'
import type { EncodeShape } from './encode-shape.ts'
import { sseMessage } from './sse-message.ts'

/** No SSE event names: `{"type": "message_delta", "data": {"text": "…"}, "threadId": "…"}`, the thread on every event. */
export const encodeTyped: EncodeShape = (event, { threadId, runId, messageId }) => {
  const isText = 'text' in event || event.type === 'message_final'
  return sseMessage(
    JSON.stringify({
      type: event.type === 'unknown' ? event.event : event.type,
      data: dataOf(event, runId),
      threadId,
      ...(isText && { messageId }),
    }),
  )
}

function dataOf(event: FluoEvent, runId: string): object {
  switch (event.type) {
    case 'run_start':
      return { runId }
    case 'message_delta':
    case 'message_final':
    case 'thinking_part':
      return { text: event.text }
    case 'tool_start':
      return { toolCallId: event.callId, toolName: event.name, args: event.input }
    case 'tool_end':
      return {
        toolCallId: event.callId,
        toolName: event.name,
        result: event.output,
        error: event.error,
      }
    case 'error':
      return { message: event.error.detail }
    case 'unknown':
      return { raw: event.raw }
  }
}
