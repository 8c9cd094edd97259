import { maskData } from './mask-data.ts'
import { maskText } from './mask-text.ts'
import type { References } from './references.ts'

/** What of a run is shown or exported: masked, or as it was said but for the references of threads. */
export interface TextKeeper {
  readonly text: (text: string) => string
  readonly data: (data: unknown) => unknown
  /** A name that a program gave: kept where it looks like one, or else another one. */
  readonly name: (kind: 'tool' | 'event', name: string) => string
  /** A short name for an ID, the same each time; the ID itself where text is kept. */
  readonly id: (kind: 'call' | 'message', id: string) => string
  /** The raw text of an event that the kit does not know. */
  readonly raw: (raw: string) => string
}

/** Names that are no sentences: what programs call their tools and events. */
const plainName = /^[A-Za-z][\w.:-]{0,63}$/

/** `masked` or not, as the person who looks has chosen. */
export function createTextKeeper(isMasked: boolean, references: References): TextKeeper {
  const aliases = new Map<string, string>()
  const counts = new Map<string, number>()
  const text = isMasked ? maskText : references.hide

  function alias(kind: string, id: string): string {
    const key = `${kind} ${id}`
    const known = aliases.get(key)
    if (known !== undefined) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    aliases.set(key, `${kind}_${count}`)
    return `${kind}_${count}`
  }

  return {
    text,
    data: (data) => (isMasked ? maskData(data) : hideIn(data, references.hide)),
    name(kind, name) {
      const hidden = references.hide(name)
      return plainName.test(hidden) ? hidden : alias(kind, name)
    },
    id: (kind, id) => (isMasked ? alias(kind, id) : references.hide(id)),
    raw: (raw) => (isMasked ? maskRaw(raw) : references.hide(raw)),
  }
}

/** What is JSON stays JSON. */
function maskRaw(raw: string): string {
  try {
    return JSON.stringify(maskData(JSON.parse(raw)))
  } catch {
    return maskText(raw)
  }
}

function hideIn(data: unknown, hide: (text: string) => string): unknown {
  if (typeof data === 'string') return hide(data)
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return data.map((item: unknown) => hideIn(item, hide))
  return Object.fromEntries(
    Object.entries(data).map(([key, item]) => [hide(key), hideIn(item, hide)]),
  )
}
