import type { Message, Run, TextPart } from './thread-state.ts'

/**
 * The chunks with `text` added. Chunks close at line ends, so settled ones keep their identity and only the last
 * one grows; where the deltas were cut makes no difference to the result.
 */
export function appendText(chunks: readonly string[], text: string): readonly string[] {
  if (text === '') return chunks
  const next = chunks.slice()
  let tail = next.pop() ?? ''
  if (tail.endsWith('\n')) {
    next.push(tail)
    tail = ''
  }
  let start = 0
  for (;;) {
    const end = text.indexOf('\n', start) + 1
    if (end === 0) break
    next.push(tail + text.slice(start, end))
    tail = ''
    start = end
  }
  const rest = tail + text.slice(start)
  if (rest !== '') next.push(rest)
  return next
}

/** The text of a part, or of all text parts of a message or a run, joined; thinking counts only when it is asked for itself. */
export function textOf(source: TextPart | Message | Run): string {
  if ('chunks' in source) return source.chunks.join('')
  if ('messages' in source) return source.messages.map(textOf).join('')
  let text = ''
  for (const part of source.parts) if (part.type === 'text') text += part.chunks.join('')
  return text
}
