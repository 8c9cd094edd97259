import { getDocumentProxy } from 'unpdf'
import type { Block } from './document.ts'
import { blocksOfLines, type Line } from './pdf-lines.ts'
import { Unreadable } from './unreadable.ts'

const mostPages = 60

/** The text of a PDF, by headings. Throws {@link Unreadable}. Reads no more pages once the signal aborts. */
export async function readPdf(
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<{ readonly blocks: readonly Block[]; readonly pages: number; readonly isCut: boolean }> {
  // It takes the bytes away from whoever has them, hence a copy; 0 keeps it from writing to the console.
  const task = getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false })
  const pdf = await task.catch((thrown: unknown) => {
    throw new Unreadable(whyNot(thrown))
  })
  try {
    const lines: Line[] = []
    let read = 0
    while (read < Math.min(pdf.numPages, mostPages) && !signal.aborted) {
      read += 1
      const page = await pdf.getPage(read)
      const { items } = await page.getTextContent()
      lines.push(...linesOf(items, read))
    }
    if (read === 0) throw new Unreadable('took too long to read')
    if (lines.length === 0) {
      throw new Unreadable('has no text in it. It may be a scan, which I cannot read')
    }
    return { blocks: blocksOfLines(lines), pages: pdf.numPages, isCut: read < pdf.numPages }
  } catch (thrown) {
    throw thrown instanceof Unreadable ? thrown : new Unreadable('is a broken PDF')
  } finally {
    await pdf.loadingTask.destroy()
  }
}

type Items = Awaited<
  ReturnType<
    Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>['getTextContent']
  >
>['items']

/** Pieces of text as lines, in the order in which they are drawn. */
function linesOf(items: Items, page: number): readonly Line[] {
  const lines: { text: string; size: number; y: number; page: number }[] = []
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue
    const [, , c, d, , y] = item.transform as readonly number[]
    const size = Math.round(Math.hypot(c ?? 0, d ?? 0) * 2) / 2
    const line = lines.at(-1)
    if (line === undefined || Math.abs(line.y - (y ?? 0)) > size / 2) {
      lines.push({ text: item.str, size, y: y ?? 0, page })
    } else line.text += item.str
  }
  return lines.filter(({ text }) => text.trim() !== '')
}

function whyNot(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.name : ''
  return name === 'PasswordException' ? 'is locked with a password' : 'is a broken PDF, or none'
}
