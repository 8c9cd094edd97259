/** Control characters, those that turn the direction of text, line separators and halves of pairs. */
const unfit =
  /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu

/**
 * The name of a file as others may be told it: its last segment, whichever way paths are written, without characters that are
 * not seen or turn what is around them. Never empty, and its ending stays.
 */
export function cleanName(name: string): string {
  const segments = name.split(/[/\\]/).map((segment) => segment.replace(unfit, '').trim())
  return segments.findLast((segment) => /[^.\s]/.test(segment)) ?? 'file'
}
