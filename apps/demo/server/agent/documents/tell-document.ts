import { countWords, type Document } from './document.ts'
import { count, list, quote } from './quote.ts'

/** What one document is, for who has nothing yet to compare it with. */
export function tellDocument(document: Document): string {
  const { name, title, pages, sections } = document
  const headings = sections.flatMap(({ heading }) => (heading === null ? [] : [heading]))
  const size = [
    ...(pages === null ? [] : [count(pages, 'page')]),
    count(countWords(document), 'word'),
  ]
  const called = title === null ? name : `${name}, “${title}”,`
  const first = sections.find(({ paragraphs }) => paragraphs.length > 0)?.paragraphs[0] ?? ''
  return [
    `I have read ${called} ${title === null ? '' : ''}and it has ${list(size)}.`.replace('  ', ' '),
    headings.length > 0 ? `Its sections are ${list(headings)}.` : `It begins: ${quote(first)}`,
    'Add a second document, and I will say what differs between the two, section by section.',
  ].join('\n\n')
}
