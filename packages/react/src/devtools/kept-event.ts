import type { FluoEvent } from '@fluokit/core'
import { keptError } from './kept-error.ts'
import type { TextKeeper } from './text-keeper.ts'

/** An event without its text, which a row keeps by itself, as it may be shown. */
export function keptEvent(event: FluoEvent, keep: TextKeeper): FluoEvent {
  switch (event.type) {
    case 'tool_start':
    case 'tool_end':
      return {
        type: event.type,
        ...(event.callId !== undefined && { callId: keep.id('call', event.callId) }),
        ...(event.name !== undefined && { name: keep.name('tool', event.name) }),
        ...(event.input !== undefined && { input: keep.data(event.input) }),
        ...(event.output !== undefined && { output: keep.data(event.output) }),
        ...(event.error !== undefined && { error: keep.text(event.error) }),
      }
    case 'error':
      return { type: 'error', error: keptError(event.error, keep) }
    case 'unknown':
      return { type: 'unknown', event: keep.name('event', event.event), raw: keep.raw(event.raw) }
    default:
      return { type: event.type }
  }
}
