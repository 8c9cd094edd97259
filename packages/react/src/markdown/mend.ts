import { mendInline } from './mend-inline.ts'
import { isBlank } from './read-blocks.ts'

/** A line that is nothing yet: the beginning of a mark, which would be shown as what it is not. */
const halfMark =
  /^[ \t>]*(?:#{1,6}|[-=+*_]{1,2}|[-=]+|`{1,2}|~{1,2}|>|\d{1,9}[.)]|\||[-+*][ \t]+\[[ xX]?\]?)[ \t]*$/
const digits = /^[ \t>]*\d{1,9}$/
const opensLeaf = /^[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|\|)/
const row = /^[ \t>]*\|/
const fence = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^`]*)$/

/**
 * The lines that are open, with what is only half there made whole, so that neither marks nor a wrong block flash by.
 * Changes nothing but the end of the last leaf, and may add or leave out a line. `hasTail` says whether the last line
 * still grows, `isInTable` whether the first one is a row of a table whose head stands above.
 */
export function mend(
  lines: readonly string[],
  hasTail: boolean,
  isInTable: boolean,
): readonly string[] {
  const last = lines.at(-1)
  if (last === undefined) return lines
  const before = lines.slice(0, -1)
  if (isInFence(before)) return hasTail && /^[ \t>]*[`~]*$/.test(last) ? before : lines
  if (isBlank(last)) return hasTail ? mend(before, false, isInTable) : lines
  if (/^(?: {4}|\t)/.test(lines[0] ?? '')) return lines
  const hasHead = isInTable && !lines.some(isBlank)
  if (hasTail && isHalf(last)) return hasHead ? before : (withHead(before, false) ?? before)
  const table = hasHead ? null : withHead(lines, hasTail)
  if (table !== null) return table
  if (fence.test(last)) return lines
  const from = startOfLeaf(lines)
  const leaf = lines.slice(from).join('\n')
  const at = row.test(last) ? endOfCells(leaf) : (opensLeaf.exec(leaf)?.[0].length ?? 0)
  return [...lines.slice(0, from), ...(leaf.slice(0, at) + mendInline(leaf.slice(at))).split('\n')]
}

/** Whether nobody knows yet what a line is going to be: a mark, a number of a list, what stands behind a fence. */
function isHalf(line: string): boolean {
  return halfMark.test(line) || digits.test(line) || fence.test(line)
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
  const rows = lines.length - 1 - lines.findLastIndex((line) => !row.test(line))
  const last = lines.at(-1) ?? ''
  if (rows === 1) return last.trim().length < 2 ? null : [...lines, ruleBelow(last)]
  const isHalfRule = rows === 2 && hasTail && /^[ \t>]*[ |:-]*$/.test(last)
  return isHalfRule ? [...lines.slice(0, -1), ruleBelow(lines.at(-2) ?? '')] : null
}

/** The line below the head of a table, as far in as the head. */
function ruleBelow(head: string): string {
  const [around = ''] = /^[ \t>]*/.exec(head) ?? []
  const cells = head.slice(around.length).trim().replaceAll(/\\[^]/g, '')
  const columns = cells.replace(/^\|/, '').replace(/\|$/, '').split('|').length
  return around + '|-'.repeat(columns)
}
