/**
 * Text with every letter and digit replaced by one that says nothing: the same length, the same white space, line ends and
 * punctuation, capitals as capitals, and letters that are as wide and run the same way, so that it is laid out alike. Goes by
 * UTF-16 units, so a text that was cut anywhere gives the same, cut there.
 */
export function maskText(text: string): string {
  let masked = ''
  for (let at = 0; at < text.length; at += 1) masked += maskUnit(text.charAt(at))
  return masked
}

/** At most one entry for each of 65,536 units: patterns are slow to ask for each letter of a long answer. */
const known = new Map<string, string>()

function maskUnit(unit: string): string {
  const found = known.get(unit)
  if (found !== undefined) return found
  const mask = maskOf(unit)
  known.set(unit, mask)
  return mask
}

const ideographs =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\uff00-\uffef]/u
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]/

const kept = /[\s\p{P}\p{Cf}$+<=>^`|~]/u
const letter = /\p{L}/u

const kinds: readonly (readonly [RegExp, string])[] = [
  [/\p{Lu}/u, 'X'],
  [/\p{Ll}/u, 'x'],
  [/\p{N}/u, '1'],
  [/\p{M}/u, '\u0301'],
]

function maskOf(unit: string): string {
  if (kept.test(unit)) return unit
  for (const [kind, mask] of kinds) if (kind.test(unit)) return mask
  if (ideographs.test(unit)) return '\u53e3'
  if (rightToLeft.test(unit)) return '\u05d0'
  return letter.test(unit) ? '\u0e01' : '\u25a1' // half of a pair, or a symbol
}
