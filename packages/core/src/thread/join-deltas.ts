import type { FluoEvent } from '../wire/fluo-event.ts'

/**
 * Adds an event to those that wait for the next commit. A delta joins the delta before it, so that a frame folds
 * a burst of any size in one step; text folds to the same run wherever it was cut.
 */
export function joinDeltas(waiting: FluoEvent[], event: FluoEvent): void {
  const last = waiting.at(-1)
  const isJoined =
    event.type === 'message_delta' &&
    last?.type === 'message_delta' &&
    event.mode !== 'replace' &&
    last.mode !== 'replace' &&
    event.messageId === last.messageId
  if (!isJoined) waiting.push(event)
  else waiting[waiting.length - 1] = { ...last, text: (last.text ?? '') + (event.text ?? '') }
}
