import { encodeEvent, type FluoEvent } from '@fluokit/core/wire'

/** An event as a browser reads it: one server-sent event, whose ID is its place in the run. */
export function writeFrame(cursor: number, event: FluoEvent): string {
  return `id: ${cursor}\ndata: ${encodeEvent(event)}\n\n`
}
