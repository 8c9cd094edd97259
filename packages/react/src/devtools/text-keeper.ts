import type { FluoError, FluoEvent } from '@fluokit/core'
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

/** An event without its text, which a row keeps by itself, as it may be shown. */
export function keptEvent(event: FluoEvent, keep: TextKeeper): FluoEvent {
  switch (event.type) {
    case 'tool_start':
    case 'tool_end':
      return {
        type: event.type,
        ...(event.callId !== undefined && { callId: keep.id('call', event.callId) }),
        ...(event.name !== undefined && { name: keep.name('tool', event.name) }),
        ...(event.input !== undefined && { input: keep.data(event.input) }),
        ...(event.output !== undefined && { output: keep.data(event.output) }),
        ...(event.error !== undefined && { error: keep.text(event.error) }),
      }
    case 'error':
      return { type: 'error', error: keptError(event.error, keep) }
    case 'unknown':
      return { type: 'unknown', event: keep.name('event', event.event), raw: keep.raw(event.raw) }
    default:
      return { type: event.type }
  }
}

/** What of an error may be shown: its code and status, and what was said of it. */
export function keptError({ code, status, detail, type }: FluoError, keep: TextKeeper): FluoError {
  return {
    code,
    ...(status !== undefined && { status }),
    ...(detail !== undefined && { detail: keep.text(detail) }),
    ...(type !== undefined && { type: keep.text(type) }),
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
