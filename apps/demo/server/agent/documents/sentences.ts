const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The sentences of paragraphs, in their order. */
export function sentencesOf(paragraphs: readonly string[]): readonly string[] {
  return paragraphs
    .flatMap((paragraph) => [...segmenter.segment(paragraph)])
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== '')
}

/** How much two texts have in common, from 0 to 1: the words of both, counted twice, among the words of each. */
export function likeness(one: string, other: string): number {
  const words = wordsOf(one)
  const rest = new Set(wordsOf(other))
  const shared = new Set(words.filter((word) => rest.has(word))).size
  return (2 * shared) / Math.max(1, new Set(words).size + rest.size)
}

/** The words of a text, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}
