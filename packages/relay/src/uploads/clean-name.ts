/**
 * Control characters, those that turn the direction of text or are not seen, the tags that spell what only a model reads, line
 * separators and halves of pairs. The two joiners stay, which scripts and emoji need.
 */
const unfit =
  /[\p{Cc}\p{Surrogate}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu

/**
 * The name of a file as others may be told it: its last segment, whichever way paths are written, without characters that are
 * not seen or turn what is around them. Never empty, and its ending stays.
 */
export function cleanName(name: string): string {
  const segments = name.split(/[/\\]/).map((segment) => segment.replace(unfit, '').trim())
  return segments.findLast((segment) => /[^.\s\u200c\u200d]/.test(segment)) ?? 'file'
}
