/** Keeps secrets and raw thread IDs out of what leaves the relay. It learns IDs as a run shows them. */
export interface Mask {
  /** From now on `raw` is written as `replacement`, `[hidden]` by default, wherever it stands. */
  learn(raw: string, replacement?: string): void
  /** Prose: whole occurrences are replaced, everything else stays. */
  text(text: string): string
  /** A name or another short string: as prose, and thread IDs that are labelled as such go even while unknown. */
  string(text: string): string
  /** JSON data, keys included. Values under `thread_id` and its spellings go even while unknown. Unchanged data keeps its identity. */
  data(value: unknown): unknown
}

const hidden = '[hidden]'

/** Shorter values are hidden only under the keys of threads: anywhere else they are ordinary words and numbers. */
const shortest = 6
const deepest = 64
const threadIdKey = /^thread[_-]?id$/i
const labelledThreadId =
  /(thread[_-]?id["'\\]{0,3}\s{0,8}[:=]\s{0,8}["'\\]{0,3})(?!\[hidden\])[^"'\\\s&,;}\]]+/gi

/** A mask that hides `secrets` from the start. */
export function createMask(secrets: readonly string[]): Mask {
  const values = new Map<string, string>()
  let needles: readonly (readonly [string, string])[] = []

  const learn = (raw: string, replacement = hidden): void => {
    if (raw.length < shortest || values.get(raw) === replacement) return
    values.set(raw, replacement)
    const encoded = encodeURIComponentSafely(raw)
    if (encoded !== raw) values.set(encoded, replacement)
    needles = [...values].toSorted(([a], [b]) => b.length - a.length)
  }
  for (const secret of secrets) learn(secret)

  const text = (from: string): string => {
    let masked = from
    for (const [needle, replacement] of needles) {
      if (masked.includes(needle)) masked = masked.replaceAll(needle, () => replacement)
    }
    return masked
  }

  const string = (from: string): string =>
    text(from).replace(labelledThreadId, (_, label: string) => label + hidden)

  const data = (value: unknown, depth: number, isInThread: boolean): unknown => {
    if (typeof value === 'string') return string(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth === 0) return hidden
    let isChanged = false
    if (Array.isArray(value)) {
      const list = value.map((item: unknown) => {
        const masked = data(item, depth - 1, false)
        isChanged ||= masked !== item
        return masked
      })
      return isChanged ? list : value
    }
    const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
      const isThread = key.toLowerCase() === 'thread'
      const isId = isThread || threadIdKey.test(key) || (isInThread && key === 'id')
      const isScalar = typeof item === 'string' || typeof item === 'number'
      const masked = isId && isScalar ? hidden : data(item, depth - 1, isThread)
      const name = string(key)
      isChanged ||= masked !== item || name !== key
      return [name, masked] as const
    })
    return isChanged ? Object.fromEntries(entries) : value
  }

  return { learn, text, string, data: (value) => data(value, deepest, false) }
}

function encodeURIComponentSafely(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return text // a lone surrogate: no URL can carry it
  }
}
