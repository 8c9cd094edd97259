/** Deeper than this, nothing is looked at any more. */
const deepest = 60

/** How the words and numbers of data are written anew. */
export interface DataWords {
  readonly text: (text: string) => string
  readonly number: (value: number | bigint) => unknown
}

/**
 * Data of a tool with its strings, keys and numbers written anew; lists, objects and the kinds of values stay. What comes back can be
 * written as JSON, so it is null below 60 levels: no list of arguments is that deep, and a stack is not much deeper.
 */
export function mapData(value: unknown, words: DataWords, depth = 0): unknown {
  if (typeof value === 'string') return words.text(value)
  if (typeof value === 'number' || typeof value === 'bigint') return words.number(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return null
  if (Array.isArray(value)) return value.map((item: unknown) => mapData(item, words, depth + 1))
  const keys = new Set<string>()
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      newKey(words.text(key), keys),
      mapData(item, words, depth + 1),
    ]),
  )
}

/** Two keys that look alike once they are written anew are still two. */
function newKey(written: string, taken: Set<string>): string {
  let key = written
  for (let count = 2; taken.has(key); count += 1) key = `${written}_${count}`
  taken.add(key)
  return key
}
