import type { Message, Part, Run } from './thread-state.ts'

/** The run with one message replaced; every other message keeps its identity. */
export function replaceMessage(run: Run, message: Message): Run {
  const index = run.messages.findLastIndex(({ id }) => id === message.id)
  return { ...run, messages: run.messages.with(index, message) }
}

/**
 * The message that an event belongs to: the one it names, else the open one, else a new one at the end. Null when
 * the message it names has ended already: what comes late for it says nothing new.
 */
export function openMessage(run: Run, messageId: string | undefined): Opened | null {
  if (messageId === undefined) return openNewest(run)
  const named = findNamed(run, messageId)
  const last = run.messages.at(-1)
  if (named?.isFinal === false) return [run, named]
  const isNameless = last?.isFinal === false && last.messageId === undefined
  // One name for all messages of a run: what follows an ended one goes on in the message that a tool call opened.
  if (named !== undefined) return isNameless ? [run, last] : null
  if (!isNameless) return begin(run, { messageId })
  const claimed = { ...last, messageId }
  return [replaceMessage(run, claimed), claimed]
}

/** The newest message where it is open, else a new one at the end. */
export function openNewest(run: Run): Opened {
  const last = run.messages.at(-1)
  return last?.isFinal === false ? [run, last] : begin(run, {})
}

type Opened = readonly [run: Run, message: Message]

function begin(run: Run, named: Pick<Message, 'messageId'>): Opened {
  const id = `${run.id}:${run.messages.length}`
  const message: Message = { id, ...named, parts: [], isFinal: false }
  return [{ ...run, messages: [...run.messages, message] }, message]
}

/** The message of that name, the latest first. */
function findNamed(run: Run, messageId: string): Message | undefined {
  return run.messages.findLast((message) => message.messageId === messageId)
}

/** A part ID that no part of the message has. */
export function nextPartId({ id, parts }: Message): string {
  let number = parts.length
  while (parts.some((part) => part.id === `${id}.${number}`)) number += 1
  return `${id}.${number}`
}

/** The message with its last part replaced. */
export function replaceLastPart(message: Message, part: Part): Message {
  return { ...message, parts: message.parts.with(-1, part) }
}
