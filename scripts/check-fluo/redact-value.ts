import { names } from '../../packages/core/src/wire/payload-names.ts'
import { closedKeys, parseData } from './field-paths.ts'
import type { IsSafeName } from './safe-names.ts'

/** Replaces what was said and who said it. Equal IDs become equal placeholders. */
export interface Redactor {
  /** Text that stands for itself. */
  text(value: string): string
  /** The name of an event, kept where it is safe. */
  name(value: string): string
  /** An ID, the same placeholder each time. */
  id(value: string): string
  /** A JSON value: strings, numbers and unsafe keys replaced, its shape kept. */
  json(value: unknown): unknown
}

const types: ReadonlySet<string> = new Set([
  ...names.type,
  'part_kind',
  'part_delta_kind',
  'object',
])
const containers: ReadonlySet<string> = new Set([...names.textContainers, ...names.callContainers])
const statuses: ReadonlySet<string> = new Set(names.status)

const textKeys: ReadonlySet<string> = new Set([...names.text, ...names.final, ...names.thinking])
const idKeys: ReadonlySet<string> = new Set([
  ...names.thread,
  ...names.messageId,
  ...names.callId,
  ...names.toolName,
  'id',
  'run_id',
  'runId',
])

/** Words of protocols, which say nothing of anyone. */
const words: ReadonlySet<string> = new Set(
  'run_start message_delta message_final thinking_part tool_start tool_end error ping keepalive heartbeat text thinking reasoning summary tool-call tool-return tool_call function text_delta output_text input_text thinking_delta tool_use tool_result assistant user tool running completed failed done stop'.split(
    ' ',
  ),
)

/** Where a value stands: in what describes an event, in something else, or where tools choose the keys. */
type Place = 'event' | 'other' | 'closed'

/** A redactor for one stream. Placeholders are counted from its first value on. */
export function createRedactor(isSafe: IsSafeName): Redactor {
  const ids = counter('id')
  const keys = counter('key')
  const eventNames = counter('name')
  const kinds = counter('kind')
  const numbers = counter('')

  const name = (value: string): string => (isSafe(value) ? value : eventNames(value))
  const text = (value: string): string => (isIdLike(value) ? ids(value) : placeholder(value))

  function string(value: string, key: string, place: Place): string {
    if (words.has(value)) return value
    if (types.has(key) && place !== 'closed') return place === 'event' ? name(value) : kinds(value)
    const inner = /^\s*[[{]/.test(value) ? parseData(value) : undefined
    if (inner !== undefined) return JSON.stringify(json(inner, '', 'closed'))
    if (idKeys.has(key)) return value && ids(value)
    return textKeys.has(key) ? placeholder(value) : text(value)
  }

  function json(value: unknown, key: string, place: Place, depth = 0): unknown {
    if (typeof value === 'string') return string(value, key, place)
    if (typeof value === 'number') return numberFor(value, key)
    if (typeof value !== 'object' || value === null) return value
    if (depth > 100) return null
    if (Array.isArray(value))
      return value.map((item: unknown) =>
        json(item, key, place === 'event' ? 'other' : place, depth + 1),
      )
    return Object.fromEntries(
      Object.entries(value).map(([inner, held]) => [
        isSafe(inner, place === 'closed' ? 'closed' : 'open') ? inner : keys(inner),
        json(held, inner, placeIn(inner, held, place), depth + 1),
      ]),
    )
  }

  function numberFor(value: number, key: string): number {
    const isStatus = statuses.has(key) && value >= 400 && value < 600
    return value === 0 || isStatus ? value : Number(numbers(String(value)).slice(1))
  }

  return { text, name, id: ids, json: (value) => json(value, '', 'event') }
}

/** The place of what a key holds. A string under a key of the event still describes the event. */
function placeIn(key: string, held: unknown, place: Place): Place {
  if (place === 'closed' || closedKeys.has(key)) return 'closed'
  if (typeof held === 'string' || containers.has(key)) return place
  return 'other'
}

function counter(prefix: string): (value: string) => string {
  const seen = new Map<string, string>()
  return (value) => {
    const known = seen.get(value) ?? `${prefix}-${seen.size + 1}`
    seen.set(value, known)
    return known
  }
}

/** One word with a digit, an underline or a dash in it, or a long one: what IDs look like, and URLs. */
function isIdLike(value: string): boolean {
  return /^\S{3,}$/.test(value) && (/[\d_/]|\w-\w/.test(value) || value.length > 24)
}

/** `text`, once, four or forty times, for a word, a sentence or more; spaces around it stay, for deltas are joined. */
function placeholder(value: string): string {
  const inner = value.trim()
  if (inner === '') return value === '' ? '' : ' '
  const times = inner.length <= 12 ? 1 : inner.length <= 120 ? 4 : 40
  const before = /^\s/.test(value) ? ' ' : ''
  const after = /\s$/.test(value) ? ' ' : ''
  return before + Array.from({ length: times }, () => 'text').join(' ') + after
}
