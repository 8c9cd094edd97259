import type { TurnFile } from '@fluokit/testing/node'
import { documentOf, longestText, type Document } from './document.ts'
import { readMarkdown } from './read-markdown.ts'
import { readPdf } from './read-pdf.ts'
import { decodeText, readText } from './read-text.ts'
import { Unreadable } from './unreadable.ts'

/** As long as reading one file may take. */
const longestMs = 15_000

/** Reads a file. Throws {@link Unreadable} for one that is no text, or none that it can read. */
export async function readDocument(file: TurnFile, leaving: AbortSignal): Promise<Document> {
  const { name, mediaType, kind } = file
  if (kind === 'image' || mediaType.startsWith('image/')) {
    throw new Unreadable('is an image, and I read text only')
  }
  if (kind === 'audio' || mediaType.startsWith('audio/')) {
    throw new Unreadable('is a recording, and I read text only')
  }
  const bytes = await file.read().catch(() => {
    throw new Unreadable('is not in a place that I can read from')
  })
  if (bytes.length === 0) throw new Unreadable('is empty')
  const document = await read(name, mediaType, bytes, leaving)
  if (document.sections.length === 0) throw new Unreadable('has no text in it')
  return document
}

async function read(
  name: string,
  mediaType: string,
  bytes: Uint8Array,
  leaving: AbortSignal,
): Promise<Document> {
  const signal = AbortSignal.any([leaving, AbortSignal.timeout(longestMs)])
  if (mediaType === 'application/pdf') {
    const { blocks, pages, isCut } = await readPdf(bytes, signal)
    return documentOf(name, blocks, { pages, isCut })
  }
  if (mediaType.startsWith('text/') || mediaType === 'application/json') {
    const whole = decodeText(bytes)
    const text = whole.slice(0, longestText)
    const isMarkdown = mediaType === 'text/markdown' || /\.(md|markdown)$/i.test(name)
    const blocks = isMarkdown ? readMarkdown(text) : readText(text)
    return documentOf(name, blocks, { pages: null, isCut: text !== whole })
  }
  throw new Unreadable('is of a kind that I cannot read: I read text, Markdown and PDF')
}
