import type { FluoEvent } from '../wire/fluo-event.ts'
import { nextPartId, openMessage, replaceLastPart, replaceMessage } from './message-of-run.ts'
import { lengthOfBeginning, settleText, textsOf, type Chunks } from './settle-text.ts'
import { appendText } from './text-chunks.ts'
import type { Message, Run } from './thread-state.ts'

type TextEvent = Extract<FluoEvent, { type: 'message_delta' | 'message_final' | 'thinking_part' }>

/** A delta of text or thinking: grows the newest part when it is of the same kind, and opens one otherwise. */
export function foldText(run: Run, kind: 'text' | 'thinking', event: TextEvent): Run {
  const { text = '' } = event
  if (text === '') return run
  const opened = openMessage(run, event.messageId)
  if (opened === null) return run
  const [next, message] = opened
  const grown =
    event.mode === 'replace' && kind === 'text'
      ? settleText(message, textsBefore(next, message), text)
      : appendToMessage(message, kind, text)
  return replaceMessage(next, grown)
}

function appendToMessage(message: Message, kind: 'text' | 'thinking', text: string): Message {
  const last = message.parts.at(-1)
  if (last?.type === kind) {
    const joint = kind === 'thinking' ? jointOf(last.chunks.at(-1) ?? '', text) : ''
    return replaceLastPart(message, { ...last, chunks: appendText(last.chunks, joint + text) })
  }
  const part = { type: kind, id: nextPartId(message), chunks: appendText([], text) }
  return { ...message, parts: [...message.parts, part] }
}

/** Thinking comes in tokens from some agents and in whole sentences from others, which need a line each. */
function jointOf(before: string, after: string): string {
  const isSentence = /^\p{Lu}\S*\s+\S/u.test(after)
  return isSentence && /\p{Ll}{2}[.!?…:]$/u.test(before) ? '\n' : ''
}

/**
 * The final text of a message: settled against its deltas, and the message ends. A final with nothing to end and
 * nothing new to say is one that came twice.
 */
export function foldFinal(run: Run, event: TextEvent): Run {
  const { messageId, text = '' } = event
  const named = messageId === undefined ? undefined : findFinal(run, messageId)
  if (named !== undefined && !endsNewest(run, named, text)) {
    return replaceMessage(run, settleText(named, textsBefore(run, named), text))
  }
  const hasOpen = run.messages.at(-1)?.isFinal === false
  const isSaid = (message: Message): boolean =>
    (messageId === undefined || message.messageId === undefined) && isSaidIn(message, text)
  if (!hasOpen && run.messages.some(isSaid)) return run
  const isKnown = run.messages.some((message) => message.messageId === messageId)
  const opened = openMessage(run, isKnown || !hasOpen ? messageId : undefined)
  if (opened === null) return run
  const [next, message] = opened
  const settled = settleText(message, textsBefore(next, message), text)
  // A final under a name of its own says what it says, even if another message said the same.
  const isSilent = messageId !== undefined && settled.parts.length === 0
  const shown = isSilent ? settleText(message, [], text) : settled
  return replaceMessage(next, { ...shown, isFinal: true })
}

/** Whether a final under the name of an ended message ends the nameless one that came after it. */
function endsNewest(run: Run, named: Message, text: string): boolean {
  const last = run.messages.at(-1)
  if (last === undefined || last.isFinal || last.messageId !== undefined) return false
  return text === '' || last.parts.some(({ type }) => type === 'text') || !isSaidIn(named, text)
}

function findFinal(run: Run, messageId: string): Message | undefined {
  return run.messages.findLast((message) => message.messageId === messageId && message.isFinal)
}

function isSaidIn(message: Message, text: string): boolean {
  if (text.trim() === '') return true
  // What is said in it begins like a text of it, which few others do.
  const isLikely = textsOf(message.parts).some((chunks) => lengthOfBeginning(text, [chunks]) > 0)
  return isLikely && settleText(message, [], text) === message
}

/** The texts of the run's earlier messages, part by part. */
function textsBefore(run: Run, message: Message): readonly Chunks[] {
  return run.messages.slice(0, run.messages.indexOf(message)).flatMap(({ parts }) => textsOf(parts))
}
