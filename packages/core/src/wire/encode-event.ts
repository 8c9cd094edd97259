import type { FluoError, FluoErrorCode } from './errors.ts'
import type { FluoEvent } from './fluo-event.ts'
import { isPayload, type Payload } from './payload.ts'

/** The relay's canonical JSON of an event: one line, without line ends. */
export function encodeEvent(event: FluoEvent): string {
  return JSON.stringify(event)
}

/**
 * The event that canonical JSON stands for, checked field by field. What is not an event of ours (a newer relay,
 * a proxy's interference) comes back as `unknown` with its raw text.
 */
export function parseEvent(json: string): FluoEvent {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    value = undefined
  }
  return checkEvent(value) ?? { type: 'unknown', event: '', raw: json }
}

/** The event that a value is, made anew from the fields that events have; undefined for what is none of ours. */
export function checkEvent(value: unknown): FluoEvent | undefined {
  return isPayload(value) ? readEvent(value) : undefined
}

function readEvent(value: Payload): FluoEvent | undefined {
  switch (value['type']) {
    case 'run_start':
      return withStrings({ type: 'run_start' }, value, ['threadRef'])
    case 'message_delta':
    case 'message_final':
    case 'thinking_part': {
      const { type, mode } = value
      const event = withStrings({ type }, value, ['text', 'messageId', 'threadRef'])
      return mode === 'append' || mode === 'replace' ? { ...event, mode } : event
    }
    case 'tool_start':
    case 'tool_end':
      return {
        ...withStrings({ type: value['type'] }, value, ['callId', 'name', 'error']),
        ...('input' in value && { input: value['input'] }),
        ...('output' in value && { output: value['output'] }),
      }
    case 'error': {
      const error = parseError(value['error'])
      return error === null ? undefined : { type: 'error', error }
    }
    case 'unknown': {
      const { event, raw } = value
      if (typeof event !== 'string' || typeof raw !== 'string') return undefined
      return { type: 'unknown', event, raw }
    }
    default:
      return undefined
  }
}

const codes: Readonly<Record<FluoErrorCode, true>> = {
  network: true,
  'not-a-stream': true,
  empty: true,
  'too-large': true,
  'rate-limited': true,
  unauthorized: true,
  forbidden: true,
  'thread-gone': true,
  'thread-conflict': true,
  'file-gone': true,
  invalid: true,
  upstream: true,
  stalled: true,
  limit: true,
}

/** A {@link FluoError} read from JSON of ours, or null when it is none; fields of the wrong type are left out. */
export function parseError(value: unknown): FluoError | null {
  if (!isPayload(value)) return null
  const { code, status, retryAt } = value
  if (typeof code !== 'string' || !Object.hasOwn(codes, code)) return null
  return {
    code: code as FluoErrorCode,
    ...(typeof status === 'number' && { status }),
    ...withStrings({}, value, ['detail', 'type', 'requestId']),
    ...(typeof retryAt === 'number' && { retryAt }),
  }
}

/** Writes the fields that are strings onto `found`: a copy for each delta would cost as much as reading it. */
function withStrings<const T extends object, K extends string>(
  found: T & { [P in K]?: string },
  value: Payload,
  keys: readonly K[],
): T & { [P in K]?: string } {
  const fields: { [P in K]?: string } = found
  for (const key of keys) {
    const text = value[key]
    if (typeof text === 'string') fields[key] = text
  }
  return found
}
