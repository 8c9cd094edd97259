import type { Run } from '@fluokit/core'

/** How far the text of a run has been read. */
export interface TextPlace {
  readonly message: number
  readonly part: number
  readonly chunk: number
  readonly offset: number
}

/** Before all text. */
export const textStart: TextPlace = { message: 0, part: 0, chunk: 0, offset: 0 }

/** Where the text of a run ends for now. */
export function textEnd({ messages }: Run): TextPlace {
  const message = Math.max(0, messages.length - 1)
  const parts = messages[message]?.parts ?? []
  const part = Math.max(0, parts.length - 1)
  const last = parts[part]
  if (last?.type !== 'text') return { message, part, chunk: 0, offset: 0 }
  const chunk = Math.max(0, last.chunks.length - 1)
  return { message, part, chunk, offset: last.chunks[chunk]?.length ?? 0 }
}

/**
 * What a run answers from a place on, without thinking and tools; a part that is followed by another ends with a
 * line. Looks at nothing that was read before.
 */
export function readText(run: Run, from: TextPlace): string {
  const to = textEnd(run)
  let text = ''
  for (let message = from.message; message <= to.message; message += 1) {
    const parts = run.messages[message]?.parts ?? []
    const first = message === from.message ? from.part : 0
    for (let index = first; index < parts.length; index += 1) {
      const part = parts[index]
      if (part?.type !== 'text') continue
      const isBegun = message === from.message && index === from.part
      text += joinFrom(part.chunks, isBegun ? from : textStart)
      if (message < to.message || index < to.part) text += '\n'
    }
  }
  return text
}

function joinFrom(chunks: readonly string[], { chunk, offset }: TextPlace): string {
  return (chunks[chunk] ?? '').slice(offset) + chunks.slice(chunk + 1).join('')
}
