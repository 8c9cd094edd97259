import { nextPartId } from './message-of-run.ts'
import { appendText } from './text-chunks.ts'
import type { Message, Part, TextPart } from './thread-state.ts'

/**
 * The message with its whole text set against what its deltas brought, ignoring whitespace. When the whole equals
 * all of its text or its last text part, nothing changes (the same message comes back). Otherwise the text after
 * the last tool call becomes the whole, less the text that already stands before it (`earlier` holds the texts of
 * the messages before this one, each in its chunks): so no sentence stands twice and no tool call moves.
 */
export function settleText(message: Message, earlier: readonly Chunks[], whole: string): Message {
  if (whole.trim() === '') return message
  const { parts } = message
  const anchor = parts.findLastIndex(({ type }) => type === 'tool-call') + 1
  const before = textsOf(parts.slice(0, anchor))
  const settled = before.map(joined)
  const open = textsOf(parts.slice(anchor)).map(joined)
  const after = open.join('')
  const isPlain = settled.length === 0 && earlier.length === 0
  if (isPlain && whole.startsWith(after)) return grow(message, whole.slice(after.length))
  if (isSame([...settled, ...open].join(''), whole)) return message
  const last = open.at(-1) ?? settled.at(-1)
  if (last !== undefined && isSame(last, whole)) return message

  const rest = withoutBeginning(whole, earlier, before)
  if (isSame(after, rest)) return message
  // `Yes` and then `Yes, and` is a message that begins like the one before it, not one that repeats it.
  const goesOn = lengthOfBeginning(rest, [[after]]) === 0 && lengthOfBeginning(whole, [[after]]) > 0
  const said = goesOn ? whole : rest
  if (after !== '' && said.startsWith(after)) return grow(message, said.slice(after.length))
  return replaceText(message, anchor, said)
}

/** A text in the pieces in which a part has it. */
export type Chunks = readonly string[]

/** The texts of some parts. */
export function textsOf(parts: readonly Part[]): readonly Chunks[] {
  return parts.flatMap((part) => (part.type === 'text' ? [part.chunks] : []))
}

function joined(chunks: Chunks): string {
  return chunks.join('')
}

function isSame(one: string, other: string): boolean {
  return one === other || compact(one) === compact(other)
}

function compact(text: string): string {
  return text.replace(/\s+/g, '')
}

/**
 * `whole` without the texts it begins with: all of them joined, or as many of the last ones as fit. Texts of earlier
 * messages count only up to the end of a sentence or line: a new message may well begin with the words of an old one.
 */
function withoutBeginning(
  whole: string,
  earlier: readonly Chunks[],
  settled: readonly Chunks[],
): string {
  const before = [...earlier, ...settled]
  for (let from = 0; from < before.length; from += 1) {
    const length = lengthOfBeginning(whole, before, from)
    if (length === 0) continue
    const rest = whole.slice(length)
    const text = before.slice(from).flat().join('')
    const isWhole = from >= earlier.length || /[\p{Po}\n]\s*$/u.test(text) || /^\s*\n/.test(rest)
    if (isWhole) return rest.trimStart()
  }
  return whole
}

/**
 * How many characters of `whole` some texts take, `from` one of them on, when whitespace does not count; 0 when they are no beginning
 * of it. Looks no further than they agree: most texts differ in their first word, and each final is set against all before it.
 */
export function lengthOfBeginning(whole: string, texts: readonly Chunks[], from = 0): number {
  let at = 0
  for (let index = from; index < texts.length; index += 1) {
    for (const piece of texts[index] ?? []) {
      for (const character of piece) {
        if (/\s/.test(character)) continue
        while (/\s/.test(whole.charAt(at))) at += 1
        if (!whole.startsWith(character, at)) return 0
        at += character.length
      }
    }
  }
  return at
}

function grow(message: Message, text: string): Message {
  if (text === '') return message
  const last = message.parts.at(-1)
  if (last?.type !== 'text') {
    const part: TextPart = { type: 'text', id: nextPartId(message), chunks: appendText([], text) }
    return { ...message, parts: [...message.parts, part] }
  }
  const grown = { ...last, chunks: appendText(last.chunks, text) }
  return { ...message, parts: message.parts.with(-1, grown) }
}

/** The first text part from `anchor` on takes the text, the others go; without one, a new part is added. */
function replaceText(message: Message, anchor: number, text: string): Message {
  const chunks = appendText([], text)
  const place = message.parts.findIndex((part, index) => index >= anchor && part.type === 'text')
  if (place === -1) {
    return chunks.length === 0 ? message : grow({ ...message }, text)
  }
  const parts = message.parts.flatMap((part, index): readonly Part[] => {
    if (index < anchor || part.type !== 'text') return [part]
    return index === place && chunks.length > 0 ? [{ ...part, chunks }] : []
  })
  return { ...message, parts }
}
