import { mendInline } from './mend-inline.ts'
import { isBlank } from './read-blocks.ts'

/** A line that is nothing yet: the beginning of a mark, which would be shown as what it is not. */
const halfMark =
  /^[ \t>]*(?:#{1,6}|[-=+*_]{1,2}|[-=]+|`{1,2}|~{1,2}|>|\d{1,9}[.)]|\||[-+*][ \t]+\[[ xX]?\]?)[ \t]*$/
const digits = /^[ \t>]*\d{1,9}$/
const opensLeaf = /^[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|\|)/
const fence = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^`]*)$/

/**
 * The lines that are open, with what is only half there made whole, so that neither marks nor a wrong block flash by.
 * Changes nothing but the end of the last line, and may add or leave out one. `hasTail` says whether that line still grows.
 */
export function mend(lines: readonly string[], hasTail: boolean): readonly string[] {
  const last = lines.at(-1)
  if (last === undefined || isBlank(last)) return lines
  const before = lines.slice(0, -1)
  if (isInFence(before)) return hasTail && /^[ \t>]*[`~]+$/.test(last) ? before : lines
  if (/^(?: {4}|\t)/.test(lines[0] ?? '')) return lines
  const follows = before.length > 0 && !isBlank(before.at(-1))
  if (hasTail && (halfMark.test(last) || (follows && digits.test(last)))) {
    return withHead(before, false) ?? before
  }
  const table = withHead(lines, hasTail)
  if (table !== null) return table
  const from = startOfLeaf(lines)
  const leaf = lines.slice(from).join('\n')
  const at = last.startsWith('|') ? endOfCells(leaf) : (opensLeaf.exec(leaf)?.[0].length ?? 0)
  return [...lines.slice(0, from), ...(leaf.slice(0, at) + mendInline(leaf.slice(at))).split('\n')]
}

/** Whether a fence has been opened and not closed, in whatever it stands. */
function isInFence(lines: readonly string[]): boolean {
  let open = ''
  for (const line of lines) {
    const [, mark = '', info = ''] = fence.exec(line) ?? []
    if (open === '') open = mark
    else if (mark.startsWith(open) && info.trim() === '') open = ''
  }
  return open !== ''
}

function startOfLeaf(lines: readonly string[]): number {
  let at = lines.length - 1
  while (at > 0 && !opensLeaf.test(lines[at] ?? '') && !isBlank(lines[at - 1])) at -= 1
  return at
}

/** Behind the last mark of a cell. */
function endOfCells(row: string): number {
  const [cells = ''] = /^(?:\\[^]|[^\\])*\|/.exec(row) ?? []
  return cells.length
}

/** A line that begins like the head of a table is one, for as long as the line below has not said otherwise. */
function withHead(lines: readonly string[], hasTail: boolean): readonly string[] | null {
  const rows = lines.length - 1 - lines.findLastIndex((line) => !/^ {0,3}\|/.test(line))
  const last = lines.at(-1) ?? ''
  if (rows === 1) return last.length < 2 ? null : [...lines, rule(last)]
  const isHalfRule = rows === 2 && hasTail && /^[ |:-]*$/.test(last)
  return isHalfRule ? [...lines.slice(0, -1), rule(lines.at(-2) ?? '')] : null
}

function rule(head: string): string {
  const cells = head.trim().replaceAll(/\\[^]/g, '').replace(/^\|/, '').replace(/\|$/, '')
  return '|-'.repeat(cells.split('|').length)
}
