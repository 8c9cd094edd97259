import { errorFacts } from './decode-error.ts'
import { toolEnd, toolStart } from './decode-tool.ts'
import type { FluoEvent, SseMessage } from './fluo-event.ts'
import { findText } from './decode-text.ts'
import { names } from './payload-names.ts'
import { asName, isPayload, pick, withNested, type Payload } from './payload.ts'

const nothing: readonly FluoEvent[] = []
const aside: ReadonlySet<string> = new Set(names.aside)
const keepAlives: ReadonlySet<string> = new Set(['ping', 'keepalive', 'keep-alive', 'heartbeat'])

/**
 * What one message of Fluo's stream means. Reads every plausible payload: JSON objects with the usual names, on top
 * or nested once, or plain text as the text itself. `[DONE]`, keep-alives and empty data mean nothing; what is not
 * understood comes back as an `unknown` event with its raw text. Never throws.
 */
export function decodeEvent(message: SseMessage): readonly FluoEvent[] {
  const { event, data } = message
  if (data.trim() === '[DONE]' || keepAlives.has(event) || saysNothing(event, data)) return nothing
  const parsed = parse(data)
  if (parsed === undefined) return [unknown(event, data)]
  const payload: Payload = isPayload(parsed) ? parsed : { text: parsed }
  const type = typeOf(event, payload)
  if (keepAlives.has(type)) return nothing
  return isReadable(type) ? readers[type](payload, data) : adopt(payload, [unknown(type, data)])
}

/** Empty data counts for the two events that mean something by themselves; spaces count as text. */
function saysNothing(event: string, data: string): boolean {
  if (event === 'run_start' || event === 'message_final') return false
  return isReadable(event) ? data === '' : data.trim() === ''
}

/** The SSE event name where it is a known one, else the first known type in the payload, else the best name there is. */
function typeOf(event: string, payload: Payload): string {
  if (isReadable(event)) return event
  const places = withNested(payload, names.envelopes)
  const types = places.flatMap((place) => pick(place, names.type, asText) ?? [])
  const known = places.flatMap((place) => pick(place, names.type, knownType) ?? [])
  return known[0] ?? (event === 'message' || event === '' ? (types[0] ?? event) : event)
}

/** An object, blocks of content, or text; undefined for what starts as a JSON object and is not one. */
function parse(data: string): unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch {
    return /^\s*\{\s*"[^"]*"\s*:/.test(data) ? undefined : data
  }
  if (isPayload(parsed) || typeof parsed === 'string') return parsed
  return Array.isArray(parsed) && parsed.length > 0 && parsed.every(isPayload) ? parsed : data
}

type Readable = Exclude<FluoEvent['type'], 'unknown'>

const deltaText = [...names.text, ...names.lastText]
const finalText = [...names.text, ...names.final, ...names.lastText, ...names.result]
const thinkingText = [...names.text, ...names.thinking, ...names.lastText, ...names.progress]

type Reader = (payload: Payload, raw: string) => readonly FluoEvent[]

const readers: Readonly<Record<Readable, Reader>> = {
  run_start: (payload) => [{ type: 'run_start', ...plainThread(payload), ...threadOf(payload) }],
  message_delta: (payload, raw) => messageEvents('message_delta', payload, deltaText, raw),
  message_final: (payload, raw) => messageEvents('message_final', payload, finalText, raw),
  thinking_part: (payload, raw) => messageEvents('thinking_part', payload, thinkingText, raw),
  tool_start: (payload) => adopt(payload, [toolStart(payload)]),
  tool_end: (payload) => adopt(payload, [toolEnd(payload)]),
  error: (payload) => adopt(payload, [{ type: 'error', error: errorFacts(payload) }]),
}

function isReadable(type: string): type is Readable {
  return Object.hasOwn(readers, type)
}

function knownType(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return isReadable(value) || keepAlives.has(value) ? value : undefined
}

function unknown(event: string, raw: string): FluoEvent {
  return { type: 'unknown', event, raw }
}

/** A thread ID on an event that has no place for one travels ahead of it. */
function adopt(payload: Payload, events: readonly FluoEvent[]): readonly FluoEvent[] {
  const thread = threadOf(payload)
  return thread.threadRef === undefined ? events : [{ type: 'run_start', ...thread }, ...events]
}

/** A start in plain text says `thread_id=…`, or nothing but the ID. */
function plainThread({ text }: Payload): { readonly threadRef?: string } {
  if (typeof text !== 'string') return {}
  const labelled = /\bthread[_-]?id["']?\s*[:=]\s*["']?([^\s"',;}]+)/i.exec(text)?.[1]
  const threadRef = labelled ?? /^\s*((?:thread|th)[_-][\w.:-]+)\s*$/i.exec(text)?.[1]
  return threadRef === undefined ? {} : { threadRef }
}

function threadOf(payload: Payload): { readonly threadRef?: string } {
  const places = withNested(payload, names.threadContainers)
  for (const place of places.flatMap((place) => withNested(place, names.threadWrappers))) {
    const threadRef = pick(place, names.thread, (value) =>
      isPayload(value) ? pick(value, names.threadIdInside, asName) : asName(value),
    )
    if (threadRef !== undefined) return { threadRef }
  }
  return {}
}

/** A payload whose text is not where it could be looked for is handed on raw, ahead of what it means without it. */
function messageEvents(
  type: 'message_delta' | 'message_final' | 'thinking_part',
  payload: Payload,
  textNames: readonly string[],
  raw: string,
): readonly FluoEvent[] {
  const text = findText(payload, textNames)
  const messageId = withNested(payload, names.envelopes)
    .map((place) => pick(place, names.messageId, asName) ?? idInside(place, 'message'))
    .find((id) => id !== undefined)
  const event: FluoEvent = {
    type,
    ...(text !== undefined && { text }),
    ...(messageId !== undefined && { messageId }),
    ...threadOf(payload),
  }
  return text === undefined && hasWords(payload) ? [unknown(type, raw), event] : [event]
}

/** Whether there is any text in a value but IDs, kinds and the like. */
function hasWords(value: unknown, depth = 8): boolean {
  if (typeof value === 'string') return value !== ''
  if (typeof value !== 'object' || value === null) return false
  if (depth === 0) return true
  return Object.entries(value).some(
    ([name, inner]) => !aside.has(name) && hasWords(inner, depth - 1),
  )
}

function idInside(payload: Payload, name: string): string | undefined {
  const value = payload[name]
  return isPayload(value) ? asName(value['id']) : undefined
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
