import type { FluoEvent } from '@fluokit/core/wire'
import type { Mask } from './mask.ts'

/**
 * An event as a browser may have it: made anew from the fields that events have, raw IDs and secrets replaced in all but
 * prose, which loses only the API key, errors reduced to a code and the request's ID. `threadRef` is the handle for the event's raw thread ID.
 */
export function safeEvent(
  event: FluoEvent,
  {
    mask,
    requestId,
    threadRef,
  }: { readonly mask: Mask; readonly requestId: string; readonly threadRef: string | undefined },
): FluoEvent {
  switch (event.type) {
    case 'run_start':
      return { type: event.type, ...(threadRef !== undefined && { threadRef }) }
    case 'message_delta':
    case 'message_final':
    case 'thinking_part':
      return {
        type: event.type,
        ...(event.text !== undefined && { text: mask.prose(event.text) }),
        ...(event.mode !== undefined && { mode: event.mode }),
        ...(event.messageId !== undefined && { messageId: mask.string(event.messageId) }),
        ...(threadRef !== undefined && { threadRef }),
      }
    case 'tool_start':
    case 'tool_end':
      return {
        type: event.type,
        ...(event.callId !== undefined && { callId: mask.string(event.callId) }),
        ...(event.name !== undefined && { name: mask.string(event.name) }),
        ...(event.input !== undefined && { input: mask.data(event.input) }),
        ...(event.output !== undefined && { output: mask.data(event.output) }),
        ...(event.error !== undefined && { error: mask.string(event.error) }),
      }
    case 'error': {
      const { code } = event.error
      // A browser that is told `unauthorized` refreshes its own credentials, which were never in question.
      return {
        type: 'error',
        error: { code: code === 'unauthorized' ? 'forbidden' : code, requestId },
      }
    }
    case 'unknown':
      return { type: 'unknown', event: mask.string(event.event), raw: safeRaw(event.raw, mask) }
    default:
      return event satisfies never
  }
}

/**
 * Raw text that is JSON is masked as data, so that no escape or spelling hides an ID and no number is taken for one; it
 * stays as it is if nothing was found.
 */
function safeRaw(raw: string, mask: Mask): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(raw)
  } catch {
    return mask.string(raw)
  }
  if (typeof parsed === 'number') return mask.string(raw)
  const masked = mask.data(parsed)
  // A key that is given twice is in the text, and only once in the data.
  const isClean = masked === parsed && !raw.includes('\\') && mask.string(raw) === raw
  return isClean ? raw : JSON.stringify(masked)
}
