/** The references of threads that were seen. They let whoever has them read on, so they are counted and never shown. */
export interface References {
  /** The number of a reference, from 1; null for none. */
  readonly note: (reference: string | null) => number | null
  /** Text without any of them. */
  readonly hide: (text: string) => string
}

/** Shorter ones are words that stand everywhere. */
const shortest = 4

/** No reference was seen yet. */
export function createReferences(): References {
  const seen = new Map<string, number>()
  return {
    note(reference) {
      if (reference === null) return null
      const known = seen.get(reference)
      if (known !== undefined) return known
      seen.set(reference, seen.size + 1)
      return seen.size
    },
    hide(text) {
      let hidden = text
      for (const [reference, number] of seen) {
        if (reference.length >= shortest)
          hidden = hidden.replaceAll(reference, `reference ${number}`)
      }
      return hidden
    },
  }
}
