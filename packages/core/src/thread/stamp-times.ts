import type { FluoEvent } from '../wire/fluo-event.ts'
import type { Message, Part, Run } from './thread-state.ts'

/** The run `after` an event, with the moment `at` on what the event has begun or ended. */
export function stampTimes(before: Run, after: Run, event: FluoEvent, at: number): Run {
  if (after === before || isGrowth(before, after, event)) return after
  const messages = after.messages.map((message, index) =>
    stampMessage(before.messages[index], message, at),
  )
  return { ...after, messages }
}

/** Whether a delta only made a part grow, which is what nearly all events do: then the parts of no message were looked at. */
function isGrowth(before: Run, after: Run, { type }: FluoEvent): boolean {
  const isDelta = type === 'message_delta' || type === 'thinking_part'
  return (
    isDelta &&
    before.messages.length === after.messages.length &&
    // Of any message: one that is still open may grow beside a later one.
    before.messages.every(
      ({ parts }, index) => parts.length === after.messages[index]?.parts.length,
    )
  )
}

function stampMessage(before: Message | undefined, message: Message, at: number): Message {
  if (message === before) return message
  const parts = message.parts.map((part, index) => {
    const inPlace = before?.parts[index]
    const isInPlace = inPlace?.id === part.id
    return stampPart(isInPlace ? inPlace : before?.parts.find(({ id }) => id === part.id), part, at)
  })
  return { ...message, startedAt: message.startedAt ?? at, parts }
}

function stampPart(before: Part | undefined, part: Part, at: number): Part {
  if (part === before) return part
  const startedAt = part.startedAt ?? at
  if (part.type !== 'tool-call') return { ...part, startedAt }
  const hasEnded = part.status === 'done' || part.status === 'failed'
  return { ...part, startedAt, ...(hasEnded && { endedAt: part.endedAt ?? at }) }
}
