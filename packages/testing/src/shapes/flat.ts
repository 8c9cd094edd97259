import type { EncodeShape } from './encode-shape.ts'
import { sseMessage } from './sse-message.ts'

/** Named SSE events with few fields, all on top: `event: message_delta`, `{"delta": "…", "thread_id": "…"}`. */
export const encodeFlat: EncodeShape = (event, { threadId, runId }) => {
  const write = (payload: object): string =>
    sseMessage(JSON.stringify(payload), { event: event.type })
  switch (event.type) {
    case 'run_start':
      return write({ run_id: runId, thread_id: threadId })
    case 'message_delta':
      return write({ delta: event.text, thread_id: threadId })
    case 'message_final':
      return write({ content: event.text, thread_id: threadId })
    case 'thinking_part':
      return write({ text: event.text })
    case 'tool_start':
      return write({ tool_call_id: event.callId, tool_name: event.name, input: event.input })
    case 'tool_end':
      return write({
        tool_call_id: event.callId,
        tool_name: event.name,
        output: event.output,
        error: event.error,
      })
    case 'error':
      return write({
        detail: event.error.detail,
        type: event.error.type,
        status: event.error.status,
      })
    case 'unknown':
      return sseMessage(event.raw, { event: event.event })
  }
}
