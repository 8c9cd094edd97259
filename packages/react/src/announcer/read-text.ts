import type { Message, Run } from '@fluokit/core'

/** How far the text of one message has been read. */
interface MessagePlace {
  readonly part: number
  readonly chunk: number
  readonly offset: number
  /** Whether it was over, so that the line after its last part has been read too. */
  readonly isOver: boolean
}

/** How far the text of a run has been read: of each message by itself, for two may be open and grow by turns. */
export type TextPlace = readonly MessagePlace[]

/** Before all text. */
export const textStart: TextPlace = []

const messageStart: MessagePlace = { part: 0, chunk: 0, offset: 0, isOver: false }

/** Where the text of a run ends for now. */
export function textEnd(run: Run): TextPlace {
  return run.messages.map(({ parts }, index) => {
    const part = Math.max(0, parts.length - 1)
    const last = parts[part]
    const isOver = isMessageOver(run, index)
    if (last?.type !== 'text') return { part, chunk: 0, offset: 0, isOver }
    const chunk = Math.max(0, last.chunks.length - 1)
    return { part, chunk, offset: last.chunks[chunk]?.length ?? 0, isOver }
  })
}

/**
 * What each message of a run says from a place on, without thinking and tools; a part that is followed by another, or
 * by the next message, ends with a line. Looks at nothing that was read before.
 */
export function readTexts(run: Run, from: TextPlace): readonly string[] {
  return run.messages.map((message, index) =>
    readMessage(message, from[index] ?? messageStart, isMessageOver(run, index)),
  )
}

/** Whether nothing is to come in a message before the next one. */
function isMessageOver({ messages }: Run, index: number): boolean {
  return messages[index]?.isFinal === true && index < messages.length - 1
}

function readMessage({ parts }: Message, from: MessagePlace, isOver: boolean): string {
  let text = ''
  for (let index = from.part; index < parts.length; index += 1) {
    const part = parts[index]
    if (part?.type !== 'text') continue
    const isBegun = index === from.part
    const added = joinFrom(part.chunks, isBegun ? from : messageStart)
    const isClosed = index < parts.length - 1 || isOver
    const wasClosed = isBegun && from.isOver && added === ''
    text += isClosed && !wasClosed ? `${added}\n` : added
  }
  return text
}

function joinFrom(chunks: readonly string[], { chunk, offset }: MessagePlace): string {
  return (chunks[chunk] ?? '').slice(offset) + chunks.slice(chunk + 1).join('')
}
