import type { SseMessage } from '../../packages/core/src/index.ts'

/**
 * The messages of an event stream by the rules of the HTML standard, written from its text, line by line, with no
 * thought of speed: what `readSse` is held against. Takes whole bytes; what no blank line ended is dropped.
 */
export function referenceSse(bytes: Uint8Array): readonly SseMessage[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split(/\r\n|\n|\r/)
  lines.pop() // no line end came after it
  const messages: SseMessage[] = []
  let data = ''
  let event = ''
  let id = ''
  let lastId = ''
  for (const line of lines) {
    if (line === '') {
      lastId = id
      if (data !== '') {
        messages.push({ event: event || 'message', data: data.slice(0, -1), id: lastId })
      }
      data = ''
      event = ''
      continue
    }
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data += `${value}\n`
    if (field === 'event') event = value
    if (field === 'id' && !value.includes('\0')) id = value
  }
  return messages
}
