import type { FluoEvent } from '@fluokit/core/wire'
import type { EncodeShape } from './encode-shape.ts'
import { sseMessage } from './sse-message.ts'

const ping = ': ping - 2026-08-22 09:30:00.123456+00:00\r\n\r\n'

/**
 * A Python service: CRLF line ends, `: ping - time` comments between events, parts with a `part_kind`, arguments of
 * tools as JSON in a string, and the end of a tool under `result`.
 */
export const encodePydantic: EncodeShape = (event, { threadId, runId }) => {
  if (event.type === 'unknown') {
    return sseMessage(event.raw, { event: event.event, lineEnd: '\r\n' })
  }
  const payload =
    event.type === 'run_start' ? { run_id: runId, thread_id: threadId } : payloadOf(event)
  const message = sseMessage(JSON.stringify(payload), { event: event.type, lineEnd: '\r\n' })
  return event.type === 'run_start' || event.type === 'tool_start' ? message + ping : message
}

function payloadOf(event: Exclude<FluoEvent, { type: 'run_start' | 'unknown' }>): object {
  switch (event.type) {
    case 'message_delta':
      return {
        event_kind: 'part_delta',
        index: 0,
        delta: { content_delta: event.text, part_delta_kind: 'text' },
      }
    case 'thinking_part':
      return {
        event_kind: 'part_start',
        index: 0,
        part: { content: event.text, part_kind: 'thinking' },
      }
    case 'message_final':
      return { event_kind: 'final_result', output: event.text }
    case 'tool_start':
      return {
        event_kind: 'function_tool_call',
        part: {
          tool_name: event.name,
          args: event.input === undefined ? undefined : JSON.stringify(event.input),
          tool_call_id: event.callId,
          part_kind: 'tool-call',
        },
      }
    case 'tool_end':
      return {
        event_kind: 'function_tool_result',
        result: {
          tool_name: event.name,
          content: event.error ?? event.output,
          tool_call_id: event.callId,
          ...(event.error !== undefined && { is_error: true }),
          part_kind: event.error === undefined ? 'tool-return' : 'retry-prompt',
        },
      }
    case 'error':
      return { detail: [{ loc: ['run'], msg: event.error.detail, type: event.error.type }] }
  }
}
