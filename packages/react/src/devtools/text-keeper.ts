import type { FluoEvent } from '@fluokit/core'
import { mapData } from './map-data.ts'
import { maskData } from './mask-data.ts'
import { maskText } from './mask-text.ts'
import type { RecordedRun } from './recorded-run.ts'
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

type AliasKind = 'tool' | 'event' | 'call' | 'message'

/** Names that are no sentences: what programs call their tools and events. */
const plainName = /^[A-Za-z][\w.:-]{0,63}$/

/**
 * For one run, masked or not, as the person who looks has chosen. IDs are counted in the order in which the run brought them, whichever of its
 * lines is looked at first: a call has the same name in a panel and in a script.
 */
export function createTextKeeper(
  isMasked: boolean,
  references: References,
  run: RecordedRun,
): TextKeeper {
  const aliases = new Map<string, string>()
  const counts = new Map<string, number>()
  const text = isMasked ? maskText : references.hide

  function alias(kind: AliasKind, id: string): string {
    const known = aliases.get(`${kind} ${id}`)
    if (known !== undefined) return known
    for (const row of run.rows) if (row.kind === 'event') count(row.event)
    return add(kind, id)
  }

  /** The names of an event that need another one. */
  function count(event: FluoEvent): void {
    if ('callId' in event && event.callId !== undefined) add('call', event.callId)
    if ('name' in event && event.name !== undefined && !isPlain(event.name)) add('tool', event.name)
    if (event.type === 'unknown' && !isPlain(event.event)) add('event', event.event)
    if ('messageId' in event && event.messageId !== undefined) add('message', event.messageId)
  }

  function add(kind: AliasKind, id: string): string {
    const key = `${kind} ${id}`
    const known = aliases.get(key)
    if (known !== undefined) return known
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    aliases.set(key, `${kind}_${number}`)
    return `${kind}_${number}`
  }

  function isPlain(name: string): boolean {
    return plainName.test(references.hide(name))
  }

  return {
    text,
    data: (data) => (isMasked ? maskData(data) : hideIn(data, references.hide)),
    name: (kind, name) => (isPlain(name) ? references.hide(name) : alias(kind, name)),
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

/** A number too large for JSON is its digits. */
function hideIn(data: unknown, hide: (text: string) => string): unknown {
  const number = (value: number | bigint): unknown =>
    typeof value === 'bigint' ? String(value) : value
  return mapData(data, { text: hide, number })
}
