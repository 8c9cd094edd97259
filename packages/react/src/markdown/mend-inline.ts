/**
 * The end of a text in a line, with its half-open marks closed: emphasis and code end where the text ends, half a link is its
 * words alone, and an address that may go on is no link yet.
 */
export function mendInline(text: string): string {
  const open: string[] = []
  const brackets: number[] = []
  let whole = 0
  let at = 0
  while (at < text.length) {
    const letter = text.charAt(at)
    const length = letter === '\\' ? 2 : runAt(text, at)
    if (letter === '`') {
      const end = endOfCode(text, at, length)
      if (end === null) return closeCode(text, at, length, open)
      whole = at = end
      continue
    }
    if (letter === '[' && !isWord(text.charAt(at - 1))) brackets.push(at)
    if (letter === ']') {
      const from = brackets.pop()
      const hasTarget = from !== undefined && text.charAt(at + 1) === '('
      const end = hasTarget ? endOfTarget(text, at + 2) : null
      const isHalf = hasTarget ? end === null : at === text.length - 1
      if (from !== undefined && isHalf) {
        return close(withoutBracket(text.slice(0, at), from), open, whole)
      }
      if (end !== null) {
        whole = at = end
        continue
      }
    }
    if (isDelimiter(letter, length)) {
      if (at + length >= text.length) return close(endAt(text, at, length, open), open, whole)
      delimit(text, at, length, open)
    }
    at += letter === '[' || letter === ']' ? 1 : length
  }
  const half = brackets.at(-1)
  return close(half === undefined ? text : withoutBracket(text, half), open, whole)
}

function runAt(text: string, at: number): number {
  let end = at + 1
  if (!'`*_~'.includes(text.charAt(at))) return 1
  while (text.charAt(end) === text.charAt(at)) end += 1
  return end - at
}

function endOfCode(text: string, from: number, length: number): number | null {
  let at = from + length
  while (at < text.length) {
    const next = text.indexOf('`', at)
    if (next === -1) return null
    const run = runAt(text, next)
    if (run === length) return next + run
    at = next + run
  }
  return null
}

function closeCode(text: string, at: number, length: number, open: readonly string[]): string {
  let end = text.length
  while (end > at + length && text.charAt(end - 1) === '`') end -= 1
  const code = text.slice(at + length, end)
  const shown =
    code === '' ? text.slice(0, at) : text.slice(0, at + length) + code + '`'.repeat(length)
  return shown.trimEnd() + closersOf(open)
}

/** Behind the bracket that ends where a link leads. */
function endOfTarget(text: string, from: number): number | null {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '\\') at += 1
    else if (letter === '(') depth += 1
    else if (letter === ')') {
      if (depth === 0) return at + 1
      depth -= 1
    }
  }
  return null
}

function withoutBracket(text: string, at: number): string {
  const isImage = text.charAt(at - 1) === '!'
  return text.slice(0, isImage ? at - 1 : at) + text.slice(at + 1)
}

function isDelimiter(letter: string, length: number): boolean {
  return letter === '*' || letter === '_' || (letter === '~' && length === 2)
}

/** A run of marks inside of a text opens something, closes something, or is what it is. */
function delimit(text: string, at: number, length: number, open: string[]): void {
  const mark = text.charAt(at)
  const before = text.charAt(at - 1)
  const after = text.charAt(at + length)
  if (mark === '_' && isWord(before) && isWord(after)) return
  let rest = length
  if (!isSpace(before)) rest = closeWith(mark, rest, open)
  const canOpen = !isSpace(after) && (isWord(after) || !isWord(before))
  if (rest > 0 && canOpen) open.push(mark.repeat(rest))
}

function closeWith(mark: string, length: number, open: string[]): number {
  let rest = length
  for (let top = open.at(-1); top?.startsWith(mark) && rest > 0; top = open.at(-1)) {
    open.pop()
    if (top.length > rest) open.push(mark.repeat(top.length - rest))
    rest -= Math.min(rest, top.length)
  }
  return rest
}

/** A run at the very end closes what is open, or is left out: nobody knows yet what it is. */
function endAt(text: string, at: number, length: number, open: string[]): string {
  const top = open.at(-1)
  const closesAll = top === text.slice(at) && !isSpace(text.charAt(at - 1))
  if (!closesAll) return text.slice(0, at)
  closeWith(text.charAt(at), length, open)
  return text
}

function close(text: string, open: readonly string[], whole: number): string {
  const kept = text.slice(0, whole)
  const rest = text
    .slice(whole)
    .replace(/\\$/, '')
    .replace(/&(?:#\w{0,7}|\w{1,8})?$/, '')
  const shown = kept + withoutAddress(rest)
  return open.length === 0 ? shown : shown.trimEnd() + closersOf(open)
}

/** An address at the very end, which may go on, with its colon escaped: so it is not taken for one. */
function withoutAddress(text: string): string {
  let at = text.length
  while (at > 0 && !/[\s<>]/.test(text.charAt(at - 1))) at -= 1
  const word = text.slice(at)
  const [scheme] = /\b(?:https?|mailto):/i.exec(word) ?? []
  if (scheme === undefined) return text
  const before = text.slice(0, text.charAt(at - 1) === '<' ? at - 1 : at)
  return before + word.replace(scheme, `${scheme.slice(0, -1)}\\:`)
}

function closersOf(open: readonly string[]): string {
  return [...open].reverse().join('')
}

function isWord(letter: string): boolean {
  return /[\p{L}\p{N}]/u.test(letter)
}

function isSpace(letter: string): boolean {
  return letter === '' || /\s/.test(letter)
}
