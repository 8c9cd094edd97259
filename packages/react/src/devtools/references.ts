/** The references of threads that were seen. They let whoever has them read on, so they are counted and never shown. */
export interface References {
  /** The number of a reference, from 1; null for none. */
  readonly note: (reference: string | null) => number | null
  /** Text without any of them. */
  readonly hide: (text: string) => string
  /** How many were seen. */
  readonly count: () => number
}

/** Shorter ones are words that stand everywhere. */
const shortest = 4

/** No reference was seen yet. */
export function createReferences(): References {
  const seen = new Map<string, number>()
  /** The longest first: one may begin like another. */
  let hidden: readonly (readonly [reference: string, number: number])[] = []
  return {
    note(reference) {
      if (reference === null) return null
      const known = seen.get(reference)
      if (known !== undefined) return known
      seen.set(reference, seen.size + 1)
      hidden = [...seen]
        .filter(([{ length }]) => length >= shortest)
        .sort(([one], [other]) => other.length - one.length)
      return seen.size
    },
    hide(text) {
      let without = text
      for (const [reference, number] of hidden)
        without = without.replaceAll(reference, `reference ${number}`)
      return without
    },
    count: () => seen.size,
  }
}
