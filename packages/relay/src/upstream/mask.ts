/** Keeps secrets and raw thread IDs out of what leaves the relay. It learns IDs as a run shows them. */
export interface Mask {
  /** From now on `raw` is written as `replacement`, `[hidden]` by default, wherever it stands. */
  learn(raw: string, replacement?: string): void
  /** What an agent says to a person: it passes as it is, but for whole occurrences of the API key. */
  prose(text: string): string
  /** Any other string: what was learnt goes wherever it stands, and thread IDs that are labelled as such even while unknown. */
  string(text: string): string
  /** JSON data, keys included. Values under `thread_id` and its spellings go even while unknown. Unchanged data keeps its identity. */
  data(value: unknown): unknown
}

/** What stands in the place of what may not leave the relay. */
export const hidden = '[hidden]'

type Needles = readonly (readonly [needle: string, replacement: string])[]

/** Shorter values are hidden only under the keys of threads: anywhere else they are ordinary words and numbers. */
const shortest = 6
const deepest = 64
const threadIdKey = /^thread[_-]?id$/i
const labelledThreadId =
  /(thread[_-]?id["'\\]{0,3}\s{0,8}[:=]\s{0,8}["'\\]{0,3})(?!\[hidden\])[^"'\\\s&,;}\]]+/gi

/** What is hidden from the start. */
export interface Secrets {
  readonly apiKey: string
  readonly projectId: string
}

/** A mask that knows the key and the project's ID. */
export function createMask({ apiKey, projectId }: Secrets): Mask {
  const values = new Map<string, string>()
  let needles: Needles = []

  const learn = (raw: string, replacement = hidden): void => {
    if (raw.length < shortest || values.get(raw) === replacement) return
    values.set(raw, replacement)
    const encoded = encodeURIComponentSafely(raw)
    if (encoded !== raw) values.set(encoded, replacement)
    needles = [...values].toSorted(([a], [b]) => b.length - a.length)
  }
  learn(apiKey)
  const keyOnly = needles
  learn(projectId)

  const string = (from: string): string =>
    replaceAll(from, needles).replace(labelledThreadId, (_, label: string) => label + hidden)

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

  return {
    learn,
    prose: (from) => replaceAll(from, keyOnly),
    string,
    data: (value) => data(value, deepest, false),
  }
}

function replaceAll(from: string, needles: Needles): string {
  let masked = from
  for (const [needle, replacement] of needles) {
    if (masked.includes(needle)) masked = masked.replaceAll(needle, () => replacement)
  }
  return masked
}

function encodeURIComponentSafely(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return text // a lone surrogate: no URL can carry it
  }
}
