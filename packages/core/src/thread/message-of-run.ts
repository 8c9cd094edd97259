import type { Message, Part, Run } from './thread-state.ts'

/** The run with one message replaced; every other message keeps its identity. */
export function replaceMessage(run: Run, message: Message): Run {
  const index = run.messages.findLastIndex(({ id }) => id === message.id)
  return { ...run, messages: run.messages.with(index, message) }
}

/** The run with one message more. */
function addMessage(run: Run, message: Message): Run {
  return { ...run, messages: [...run.messages, message] }
}

/**
 * The message that an event belongs to: the one it names, else the open one, else a new one at the end. Null when
 * the message it names has ended already: what comes late for it says nothing new.
 */
export function openMessage(run: Run, messageId: string | undefined): [Run, Message] | null {
  const named = messageId === undefined ? undefined : findNamed(run, messageId)
  const last = run.messages.at(-1)
  if (named?.isFinal === false) return [run, named]
  if (named !== undefined) {
    // One name for all messages of a run: what follows an ended one goes on in the message that a tool call opened.
    return last?.isFinal === false && last.messageId === undefined ? [run, last] : null
  }
  if (last !== undefined && !last.isFinal) {
    if (messageId === undefined) return [run, last]
    if (last.messageId === undefined) {
      const claimed = { ...last, messageId }
      return [replaceMessage(run, claimed), claimed]
    }
  }
  const message: Message = {
    id: `${run.id}:${run.messages.length}`,
    ...(messageId !== undefined && { messageId }),
    parts: [],
    isFinal: false,
  }
  return [addMessage(run, message), message]
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
