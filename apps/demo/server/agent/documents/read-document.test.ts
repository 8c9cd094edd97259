import { describe, expect, it } from 'vitest'
import { textFile, type TestFile } from '../../__fixtures__/ask-agent.ts'
import { makePdf } from '../../__fixtures__/make-pdf.ts'
import { policyFile } from '../../__fixtures__/policies.ts'
import { countWords, type Document } from './document.ts'
import { readDocument } from './read-document.ts'

function open(
  { bytes, ...file }: TestFile,
  signal: AbortSignal = new AbortController().signal,
): Promise<Document> {
  return readDocument({ ...file, kind: 'document', read: () => Promise.resolve(bytes) }, signal)
}

const pdf = (bytes: Uint8Array<ArrayBuffer>): TestFile => ({
  name: 'a.pdf',
  mediaType: 'application/pdf',
  bytes,
})

describe('readDocument', () => {
  it('reads a PDF by headings, without what stands on every page', async () => {
    const document = await open(policyFile('2025', 'pdf'))

    expect(document).toMatchObject({ title: 'Travel and expenses policy', pages: 2, isCut: false })
    expect(document.sections.map(({ heading }) => heading)).toEqual([
      null,
      'Purpose and scope',
      'Booking',
      'Flights and trains',
      'Hotels',
      'Meals',
      'Client entertainment',
      'Remote work',
      'Claims and receipts',
      'Exceptions and questions',
    ])
    expect(document.sections[3]?.paragraphs).toHaveLength(5)
    expect(JSON.stringify(document)).not.toContain('Page 1')
    expect(countWords(document)).toBe(countWords(await open(policyFile('2025', 'md'))))
  })

  it.each([
    ['PDF', pdf(makePdf(['The reimburse-', 'ment of a long-', 'term loan, and long-term care.']))],
    ['text', textFile('a.txt', 'The reimburse-\nment of a long-\nterm loan, and long-term care.')],
  ])('puts words of a %s together that the end of a line divides', async (_name, file) => {
    const { sections } = await open({
      ...file,
      mediaType: file.mediaType.replace('markdown', 'plain'),
    })

    expect(sections).toEqual([
      { heading: null, paragraphs: ['The reimbursement of a long-term loan, and long-term care.'] },
    ])
  })

  it('reads Markdown without its marks', async () => {
    const text =
      '---\nowner: me\n---\n# Rules & *more*\n\nOne `two`\nthree\n\n1. four\n   - five\n\n> six\n\n<b>seven</b>'

    expect(await open(textFile('a.md', text))).toMatchObject({
      title: 'Rules & more',
      pages: null,
      sections: [{ heading: null, paragraphs: ['One two three', 'four', 'five', 'six', 'seven'] }],
    })
  })

  it.each([
    ['UTF-8', new TextEncoder().encode('\uFEFFGrüße.')],
    ['UTF-16', new Uint8Array(Buffer.from('\uFEFFGrüße.', 'utf16le'))],
    ['Windows-1252', new Uint8Array(Buffer.from('Grüße.', 'latin1'))],
  ])('reads a text in %s', async (_name, bytes) => {
    const { sections } = await open({ name: 'a.txt', mediaType: 'text/plain', bytes })

    expect(sections).toEqual([{ heading: null, paragraphs: ['Grüße.'] }])
  })

  it('says that a long text was not read whole', async () => {
    const document = await open(textFile('a.md', 'Be kind. '.repeat(50_000)))

    expect(document.isCut).toBe(true)
    expect(countWords(document)).toBeLessThan(50_000)
  })

  it.each<readonly [string, TestFile, string]>([
    ['an image', { ...pdf(makePdf([])), mediaType: 'image/png' }, 'is an image'],
    ['a recording', { ...pdf(makePdf([])), mediaType: 'audio/mpeg' }, 'is a recording'],
    ['a locked PDF', pdf(makePdf(['a'], { isLocked: true })), 'is locked with a password'],
    ['a PDF without text', pdf(makePdf([])), 'has no text in it'],
    ['a broken PDF', pdf(makePdf(['a']).slice(0, 40)), 'is a broken PDF'],
    [
      'half of a PDF',
      { ...policyFile('2025', 'pdf'), bytes: policyFile('2025', 'pdf').bytes.slice(0, 9000) },
      'PDF',
    ],
    ['no PDF', pdf(new TextEncoder().encode('Hello')), 'is a broken PDF, or none'],
    ['an empty file', pdf(new Uint8Array()), 'is empty'],
    ['a text of spaces', textFile('a.md', ' \n\n '), 'has no text in it'],
    ['an image that is called a text', textFile('a.txt', 'a\0b', 'text/plain'), 'is not a text'],
    ['another kind', textFile('a.docx', 'a', 'application/msword'), 'is of a kind'],
  ])('says why it cannot read %s', async (_name, file, why) => {
    await expect(open(file)).rejects.toThrow(why)
  })

  it('says that a file is not in reach', async () => {
    const read = (): Promise<never> => Promise.reject(new Error('No.'))
    const file = { kind: 'document', name: 'a', mediaType: 'text/plain', read } as const

    await expect(readDocument(file, new AbortController().signal)).rejects.toThrow(
      'is not in a place that I can read from',
    )
  })

  it('reads no PDF for who has left', async () => {
    await expect(open(policyFile('2025', 'pdf'), AbortSignal.abort())).rejects.toThrow(
      'took too long',
    )
  })
})
