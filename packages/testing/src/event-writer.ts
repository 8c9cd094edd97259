import type { FluoEvent } from '@fluokit/core/wire'
import type { EncodeShape } from './shapes/encode-shape.ts'

/** Writes the events of one run: counts its messages, so that what follows a final carries a new message ID. */
export function createEventWriter(options: {
  readonly shape: () => EncodeShape
  readonly threadId: string
  readonly runId: string
}): (event: FluoEvent) => string {
  const { shape, threadId, runId } = options
  let messages = 1
  return (event) => {
    const text = shape()(event, { threadId, runId, messageId: `${runId}_message_${messages}` })
    if (event.type === 'message_final') messages += 1
    return text
  }
}
