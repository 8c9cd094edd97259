import { parseError } from '../wire/encode-event.ts'
import { isPayload } from '../wire/payload.ts'
import { isRunEnd } from '../wire/run-end-mark.ts'
import { endRun } from './run-end.ts'
import { parseInput } from './thread-record.ts'
import type { Message, Part, Run, Turn } from './thread-state.ts'
import { uncheckedCall } from './unchecked-call.ts'

/** The turn that a store brought back, or null when it is none that could be shown. Never throws. */
export function parseTurn(value: unknown): Turn | null {
  if (!isPayload(value) || !Array.isArray(value['runs'])) return null
  const { id, sentAt } = value
  const input = parseInput(value['input'])
  if (typeof id !== 'string' || typeof sentAt !== 'number' || input === null) return null
  return { id, input, sentAt, runs: value['runs'].flatMap(parseRun) }
}

/** A run in a list, or none; one without an end was written by no page that saw it end. */
function parseRun(value: unknown): readonly Run[] {
  if (!isPayload(value) || !Array.isArray(value['messages'])) return []
  const { id, end, messages } = value
  if (typeof id !== 'string' || !messages.every(isMessage)) return []
  const run: Run = {
    id,
    messages: messages.map(uncheckedMessage),
    end: isRunEnd(end) ? end : null,
    error: parseError(value['error']),
  }
  return [endRun(run, 'interrupted')]
}

/** What the schemas of an earlier page said is not kept: they may be others by now, or none. */
function uncheckedMessage(message: Message): Message {
  const parts = message.parts.map((part) =>
    part.type === 'tool-call' ? uncheckedCall(part) : part,
  )
  return { ...message, parts }
}

function isMessage(value: unknown): value is Message {
  if (!isPayload(value) || !Array.isArray(value['parts'])) return false
  const { id, isFinal, parts } = value
  return typeof id === 'string' && typeof isFinal === 'boolean' && parts.every(isPart)
}

function isPart(value: unknown): value is Part {
  if (!isPayload(value) || typeof value['id'] !== 'string') return false
  switch (value['type']) {
    case 'text':
    case 'thinking':
      return Array.isArray(value['chunks']) && value['chunks'].every(isText)
    case 'tool-call':
      return isText(value['name']) && isText(value['status'])
    case 'unknown':
      return isText(value['event']) && isText(value['raw'])
    default:
      return false
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
