import type { Turn } from '@fluokit/core'
import { messagesOfTurn, messagesOfTurns, type ChatMessage } from './chat-messages.ts'

/**
 * Tells the messages of all turns, in order, time and again: while the last turn grows, those before it are copied from the
 * list before and asked nothing.
 */
export function createMessageList(): (turns: readonly Turn[]) => readonly ChatMessage[] {
  let known: readonly Turn[] = []
  let messages: readonly ChatMessage[] = []
  return (turns) => {
    const last = known.at(-1)
    const settled = known.length - 1
    const isGrown =
      last !== undefined &&
      settled < turns.length &&
      turns.every((turn, index) => index >= settled || turn === known[index])
    messages = isGrown
      ? [
          ...messages.slice(0, messages.length - messagesOfTurn(last).length),
          ...messagesOfTurns(turns.slice(settled)),
        ]
      : messagesOfTurns(turns)
    known = turns
    return messages
  }
}
