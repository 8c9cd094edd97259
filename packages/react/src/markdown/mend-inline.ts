/** Marks that something was opened with, and where in the text they stand. */
interface Opener {
  readonly mark: string
  readonly at: number
}

/** What is open at the end of a text: emphasis, brackets, and the place up to which nothing is half there. */
interface OpenMarks {
  readonly openers: Opener[]
  readonly brackets: number[]
  whole: number
}

/**
 * The end of a text in a line, with its half-open marks closed: emphasis and code end where the text ends, half a link is its
 * words alone, and an address that may go on is no link yet.
 */
export function mendInline(text: string): string {
  const open: OpenMarks = { openers: [], brackets: [], whole: 0 }
  let at = 0
  while (at < text.length) {
    const letter = text.charAt(at)
    const length = letter === '\\' ? 2 : runAt(text, at)
    if (letter === '`') {
      const end = endOfCode(text, at, length)
      if (end === null) return closeCode(text, at, length, open)
      open.whole = at = end
      continue
    }
    if (letter === '[' && opensLink(text, at)) open.brackets.push(at)
    if (letter === ']') {
      const from = open.brackets.pop()
      const hasTarget = from !== undefined && text.charAt(at + 1) === '('
      const end = hasTarget ? endOfTarget(text, at + 2) : null
      const isHalf = hasTarget ? end === null : at === text.length - 1
      if (from !== undefined && isHalf) {
        open.brackets.push(from)
        return close(text.slice(0, at), open)
      }
      if (end !== null) {
        open.whole = at = end
        continue
      }
    }
    const isAtEnd = at + length >= text.length
    if (isAtEnd && letter === '~' && length === 1) return close(text.slice(0, at), open)
    if (isDelimiter(letter, length)) {
      if (isAtEnd) return close(endAt(text, at, length, open.openers), open)
      delimit(text, at, length, open.openers)
    }
    at += letter === '[' || letter === ']' ? 1 : length
  }
  return close(text, open)
}

/** Whether a bracket may begin a link: its words stand right behind it, and without it the line is still what it is. */
function opensLink(text: string, at: number): boolean {
  if (isWord(text.charAt(at - 1))) return false
  return !/^(?:\s|[-+*][ \t]|#{1,6}[ \t]|[>|]|\d{1,9}[.)][ \t])/.test(text.slice(at + 1, at + 12))
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

function closeCode(text: string, at: number, length: number, open: OpenMarks): string {
  let end = text.length
  while (end > at + length && text.charAt(end - 1) === '`') end -= 1
  const code = text.slice(at + length, end)
  return finish(
    code === '' ? text.slice(0, at) : text.slice(0, at + length) + code + '`'.repeat(length),
    open,
  )
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

function isDelimiter(letter: string, length: number): boolean {
  return letter === '*' || letter === '_' || (letter === '~' && length === 2)
}

/** A run of marks inside of a text opens something, closes something, or is what it is. */
function delimit(text: string, at: number, length: number, openers: Opener[]): void {
  const mark = text.charAt(at)
  const before = text.charAt(at - 1)
  const after = text.charAt(at + length)
  if (mark === '_' && isWord(before) && isWord(after)) return
  let rest = length
  if (!isSpace(before)) rest = closeWith(mark, rest, openers)
  const canOpen = !isSpace(after) && (isWord(after) || !isWord(before))
  if (rest > 0 && canOpen) openers.push({ mark: mark.repeat(rest), at: at + length - rest })
}

function closeWith(mark: string, length: number, openers: Opener[]): number {
  let rest = length
  for (let top = openers.at(-1); top?.mark.startsWith(mark) && rest > 0; top = openers.at(-1)) {
    const left = top.mark.length - rest
    openers.pop()
    if (left > 0) openers.push({ mark: mark.repeat(left), at: top.at })
    rest -= Math.min(rest, top.mark.length)
  }
  return rest
}

/** A run at the very end closes what is open, or is left out: nobody knows yet what it is. */
function endAt(text: string, at: number, length: number, openers: Opener[]): string {
  const top = openers.at(-1)
  const closesAll = top?.mark === text.slice(at) && !isSpace(text.charAt(at - 1))
  if (!closesAll) return text.slice(0, at)
  closeWith(text.charAt(at), length, openers)
  return text
}

function close(text: string, open: OpenMarks): string {
  const rest = text
    .slice(open.whole)
    .replace(/\\$/, '')
    .replace(/&(?:#\w{0,7}|\w{1,8})?$/, '')
  return finish(text.slice(0, open.whole) + withoutAddress(rest), open)
}

/** Leaves out what was opened around nothing so far, and half a link's bracket. Closes the rest. */
function finish(text: string, { openers, brackets }: OpenMarks): string {
  const left = [...openers]
  let shown = text
  for (let top = left.at(-1); top !== undefined; top = left.at(-1)) {
    if (!/^[\s![]*$/.test(shown.slice(top.at + top.mark.length))) break
    shown = shown.slice(0, top.at)
    left.pop()
  }
  shown = withoutHalf(shown, brackets)
  if (left.length === 0) return shown
  return (
    shown.trimEnd() +
    left
      .map(({ mark }) => mark)
      .reverse()
      .join('')
  )
}

/** Without the bracket that half a link begins with, and without the one of a link around half an image. */
function withoutHalf(text: string, brackets: readonly number[]): string {
  let shown = text
  for (const at of brackets.toReversed()) {
    if (shown.charAt(at) !== '[') continue
    const isImage = shown.charAt(at - 1) === '!'
    shown = shown.slice(0, isImage ? at - 1 : at) + shown.slice(at + 1)
    if (!isImage) break
  }
  return shown
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

function isWord(letter: string): boolean {
  return /[\p{L}\p{N}]/u.test(letter)
}

function isSpace(letter: string): boolean {
  return letter === '' || /\s/.test(letter)
}
