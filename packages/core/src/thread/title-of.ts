import type { TurnInput } from '../wire/run-request.ts'

/** So many characters of a question are enough to know it by. */
const most = 60

/**
 * What a conversation is called by its first question: its first words, up to about 60 characters and never half a word,
 * unless the first one is longer. A turn of files alone is called by the first one's name; null where it has none.
 */
export function titleOf({ query, documents, images, audios }: TurnInput): string | null {
  const words = query
    .trim()
    .slice(0, 10 * most)
    .replace(/\s+/g, ' ')
  if (words.length > most) {
    const cut = words.lastIndexOf(' ', most)
    return `${cut > 0 ? words.slice(0, cut) : words.slice(0, most).replace(/\p{Cs}$/u, '')}…`
  }
  if (words !== '') return words
  const file = [documents, images, audios].find((list) => list?.[0] !== undefined)?.[0]
  return typeof file === 'object' ? file.name : null
}
