/** A document as the agent reads it: its text, by headings. */
export interface Document {
  /** What the file is called. */
  readonly name: string
  /** What the document calls itself; null where it does not say. */
  readonly title: string | null
  /** Null where there are none, as in a text. */
  readonly pages: number | null
  readonly sections: readonly Section[]
  /** Whether it was too long to be read whole. */
  readonly isCut: boolean
}

/** What stands under one heading. */
export interface Section {
  /** Null for what comes before the first one. */
  readonly heading: string | null
  /** Paragraphs and entries of lists, without their marks, on one line each. */
  readonly paragraphs: readonly string[]
}

/** A heading or a paragraph, in the order of a document. */
export interface Block {
  readonly kind: 'title' | 'heading' | 'paragraph'
  readonly text: string
}

/** A document's text is read this far, in UTF-16 units. */
export const longestText = 200_000

/** Makes a document of its blocks. A first heading that is alone of its rank is the title, which readers mark as such. */
export function documentOf(
  name: string,
  blocks: readonly Block[],
  { pages, isCut }: { readonly pages: number | null; readonly isCut: boolean },
): Document {
  const title = blocks.find(({ kind }) => kind === 'title')?.text ?? null
  const sections: { heading: string | null; paragraphs: string[] }[] = []
  let length = 0
  for (const { kind, text } of blocks) {
    if (kind === 'title') continue
    length += text.length
    if (length > longestText) break
    if (kind === 'heading') sections.push({ heading: text, paragraphs: [] })
    else {
      if (sections.length === 0) sections.push({ heading: null, paragraphs: [] })
      sections.at(-1)?.paragraphs.push(text)
    }
  }
  return { name, title, pages, sections, isCut: isCut || length > longestText }
}

/** How many words stand in a document, headings included. */
export function countWords({ title, sections }: Document): number {
  const texts = sections.flatMap(({ heading, paragraphs }) => [heading ?? '', ...paragraphs])
  return [title ?? '', ...texts].join(' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}
