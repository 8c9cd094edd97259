/** A text of at most so many characters, cut at a word where there is one. The same text if it is short enough. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const word = text.lastIndexOf(' ', most)
  if (word > most / 2) return text.slice(0, word)
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(most - 1))
  return text.slice(0, isPair ? most - 1 : most)
}
