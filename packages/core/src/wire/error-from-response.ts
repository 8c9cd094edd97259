import type { FluoError } from './errors.ts'
import { factsOfResponse, type RefusedResponse } from './facts-of-response.ts'
import { isPayload } from './payload.ts'

/**
 * The facts of a refused call: status, headers and the text of the body, which Fluo fills with `{detail, type?}`.
 * `detail` may be a string, a list (validation errors) or an object; it always comes out as one line of text.
 * A 404 on a call that continued a thread means that the thread is gone.
 */
export function errorFromResponse(
  response: RefusedResponse,
  body: string,
  options: { readonly continuesThread?: boolean; readonly now?: number } = {},
): FluoError {
  const facts = factsOfResponse(response, options.now)
  const isGone = facts.status === 404 && options.continuesThread === true
  const { detail, type } = readBody(body)
  return {
    ...facts,
    ...(isGone && { code: 'thread-gone' as const }),
    ...(detail && { detail }),
    ...(type && { type }),
  }
}

function readBody(body: string): { detail: string; type: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return { detail: '', type: '' } // a proxy's HTML page says nothing that is worth keeping
  }
  if (!isPayload(parsed)) return { detail: describe(parsed), type: '' }
  const { type } = parsed
  return {
    detail: describe(parsed['detail'] ?? parsed['error'] ?? parsed['message']),
    type: typeof type === 'string' ? type.slice(0, 200) : '',
  }
}

/** Text of at most 2,000 characters for a detail of any shape; FastAPI lists become `field: message` joined by `; `. */
export function describe(detail: unknown): string {
  return textFor(detail, 0).slice(0, 2000)
}

function textFor(detail: unknown, depth: number): string {
  if (detail === null || detail === undefined) return ''
  if (typeof detail === 'string') return detail
  if (typeof detail !== 'object') return asJson(detail)
  if (depth > 4) return ''
  if (Array.isArray(detail)) {
    return detail
      .slice(0, 20)
      .map((item: unknown) => textFor(item, depth + 1))
      .filter(Boolean)
      .join('; ')
  }
  const record = detail as Record<string, unknown>
  const message = record['msg'] ?? record['message'] ?? record['detail'] ?? record['error']
  if (message === undefined) return asJson(detail)
  const place = Array.isArray(record['loc']) ? `${record['loc'].filter(isPlain).join('.')}: ` : ''
  return place + textFor(message, depth + 1)
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return '' // nested deeper than the stack goes: no sentence that anyone wrote
  }
}
