import type { Block } from './document.ts'
import { joinLines } from './join-lines.ts'

/** A line of text on a page. */
export interface Line {
  readonly text: string
  /** Of its letters, in points. */
  readonly size: number
  /** From the bottom of the page, in points. */
  readonly y: number
  readonly page: number
}

/** What lines on pages say: larger ones are headings, and a paragraph ends where there is more room than between lines. */
export function blocksOfLines(all: readonly Line[]): readonly Block[] {
  const lines = withoutMargins(all)
  const whole = lines.map(({ text }) => text).join('\n')
  const bodySize = mostCommon(lines.map(({ size, text }) => [size, text.length]))
  const titleSize = Math.max(...lines.filter(({ page }) => page === 1).map(({ size }) => size))
  const pitch = mostCommon(gapsOf(lines.filter(({ size }) => size === bodySize)))
  const groups: { readonly kind: Block['kind']; lines: Line[] }[] = []
  for (const line of lines) {
    const isLarger = line.size > bodySize * 1.1
    const kind = isLarger ? (line.size === titleSize ? 'title' : 'heading') : 'paragraph'
    const group = groups.at(-1)
    const previous = group?.lines.at(-1)
    const goesOn =
      group?.kind === kind && previous !== undefined && follows(previous, line, { kind, pitch })
    if (goesOn) group.lines.push(line)
    else groups.push({ kind, lines: [line] })
  }
  const isTitleAlone = groups.filter(({ kind }) => kind === 'title').length === 1
  return groups.map(({ kind, lines: own }) => ({
    kind: kind === 'title' && !isTitleAlone ? 'heading' : kind,
    text: joinLines(
      own.map(({ text }) => text.replace(bullet, '')),
      whole,
    ),
  }))
}

const bullet = /^\s*[•◦▪‣●○–*-]\s+/

function follows(
  previous: Line,
  line: Line,
  { kind, pitch }: { readonly kind: Block['kind']; readonly pitch: number },
): boolean {
  if (bullet.test(line.text)) return false
  if (previous.page !== line.page) return kind === 'paragraph' && !/[.!?:;]\s*$/.test(previous.text)
  const gap = previous.y - line.y
  return gap > 0 && gap <= (kind === 'paragraph' ? pitch * 1.06 : line.size * 1.6)
}

/** Without what stands on every page in the same place, and without the numbers of pages. */
function withoutMargins(lines: readonly Line[]): readonly Line[] {
  const pages = new Set(lines.map(({ page }) => page)).size
  const placeOf = ({ text, y }: Line): string =>
    `${Math.round(y)} ${text.trim().replaceAll(/\d+/g, '#')}`
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(placeOf(line), (counts.get(placeOf(line)) ?? 0) + 1)
  const isOnMany = (line: Line): boolean =>
    (counts.get(placeOf(line)) ?? 0) >= Math.max(2, pages / 2)
  return lines.filter(
    (line) =>
      !isOnMany(line) && !/(^|\s)page \d+( (of|\/) \d+)?\s*$|^\d{1,4}$/i.test(line.text.trim()),
  )
}

/** The distances between the lines of one page. */
function gapsOf(lines: readonly Line[]): readonly (readonly [number, number])[] {
  return lines.flatMap((line, at) => {
    const next = lines[at + 1]
    const gap = next?.page === line.page ? Math.round((line.y - next.y) * 4) / 4 : 0
    return gap > 0 ? [[gap, 1] as const] : []
  })
}

function mostCommon(values: readonly (readonly [number, number])[]): number {
  const counts = new Map<number, number>()
  for (const [value, weight] of values) counts.set(value, (counts.get(value) ?? 0) + weight)
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0])[0]
}
