import type { FluoEvent } from '@fluokit/core/wire'

/** What a server knows beside the event; each shape writes down as much of it as such a server would. */
export interface ShapeIds {
  readonly threadId: string
  readonly runId: string
  readonly messageId: string
}

/** Writes an event as one family of servers would: text of an event stream, to be sent as UTF-8. */
export type EncodeShape = (event: FluoEvent, ids: ShapeIds) => string
