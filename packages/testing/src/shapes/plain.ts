import type { EncodeShape } from './encode-shape.ts'
import { sseMessage } from './sse-message.ts'

/** Named SSE events whose text is the data itself, line by line; only IDs and tool calls are JSON. */
export const encodePlain: EncodeShape = (event, { threadId }) => {
  const write = (data: string): string => sseMessage(data, { event: event.type })
  switch (event.type) {
    case 'run_start':
      return write(JSON.stringify({ thread: threadId }))
    case 'message_delta':
    case 'message_final':
    case 'thinking_part':
      return write(event.text ?? '')
    case 'tool_start':
      return write(
        JSON.stringify({ tool: event.name, call_id: event.callId, parameters: event.input }),
      )
    case 'tool_end':
      return write(
        JSON.stringify({
          tool: event.name,
          call_id: event.callId,
          result: event.output,
          error_message: event.error,
        }),
      )
    case 'error':
      return write(event.error.detail ?? 'error')
    case 'unknown':
      return sseMessage(event.raw, { event: event.event })
  }
}
