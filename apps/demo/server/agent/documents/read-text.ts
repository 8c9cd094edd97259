import type { Block } from './document.ts'
import { joinLines } from './join-lines.ts'
import { readMarkdown } from './read-markdown.ts'
import { Unreadable } from './unreadable.ts'

/** The blocks of a plain text: paragraphs have an empty line between them, and a short one without a full stop is a heading. */
export function readText(text: string): readonly Block[] {
  if (/^(#{1,6} |={3,}$)/m.test(text)) return readMarkdown(text)
  const paragraphs = text
    .split(/\n\s*\n|\n(?=\s*[-*•]\s)/)
    .map((lines) => joinLines(lines.split('\n'), text).replace(/^[-*•]\s+/, ''))
    .filter((paragraph) => paragraph !== '')
  return paragraphs.map((paragraph, at) => {
    if (!isHeading(paragraph)) return { kind: 'paragraph', text: paragraph }
    return { kind: at === 0 ? 'title' : 'heading', text: paragraph }
  })
}

/** A text's letters, whatever of the usual ways they are written in. Throws {@link Unreadable} for what is no text. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  if (isUtf16) return decode(bytes, first === 0xff ? 'utf-16le' : 'utf-16be')
  if (bytes.includes(0)) throw new Unreadable('is not a text, whatever its name says')
  try {
    return decode(bytes, 'utf-8')
  } catch {
    return decode(bytes, 'windows-1252')
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n')
}

function isHeading(text: string): boolean {
  return text.length <= 70 && /^(\d|\p{Lu})/u.test(text) && !/[.!?:;,]$/.test(text)
}
