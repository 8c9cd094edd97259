import type { Part } from '@fluokit/core'
import type { ChatMessage } from '../chat-messages.ts'
import { isOpen, type Growth, type GrowingPart } from './growth.ts'
import type { PartScope } from './part-scope.ts'

interface Known {
  readonly scope: PartScope
  /** Who follows it, while it is the newest. Another list of the thread has another one. */
  readonly growth: Growth | null
}

const known = new WeakMap<Part, Known>()

/** The parts of a message with their places. While it is open, a part whose place has not changed keeps its object, so that nothing below it renders. */
export function scopesOf(
  message: ChatMessage,
  parts: readonly Part[],
  growth: Growth | null,
): readonly PartScope[] {
  const isGoingOn = isOpen(message)
  const answer = isGoingOn
    ? parts.findLastIndex(({ type }) => type === 'text' || type === 'thinking')
    : Infinity
  return parts.map((part, index) => {
    const isNewest = isGoingOn && index === parts.length - 1
    const isBeforeAnswer = index >= answer
    const nextStartedAt = parts[index + 1]?.startedAt
    const followed = isNewest ? growth : null
    const before = known.get(part)
    const place = before?.scope
    if (
      before?.growth === followed &&
      place?.isNewest === isNewest &&
      place.isBeforeAnswer === isBeforeAnswer &&
      place.nextStartedAt === nextStartedAt
    ) {
      return place
    }
    const growing = followed === null ? null : growingOf(message, part, followed)
    const scope = { part, growing, isNewest, isBeforeAnswer, nextStartedAt }
    if (isGoingOn) known.set(part, { scope, growth: followed })
    return scope
  })
}

function growingOf(message: ChatMessage, part: Part, growth: Growth): GrowingPart | null {
  return 'chunks' in part ? growth.follow(message, part) : null
}
