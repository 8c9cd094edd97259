import type { FluoError, FluoErrorCode } from './errors.ts'
import { parseRetryAfter } from './parse-retry-after.ts'

const codes: Readonly<Record<number, FluoErrorCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'forbidden',
  409: 'invalid',
  413: 'too-large',
  415: 'invalid',
  422: 'invalid',
  429: 'rate-limited',
}

/**
 * The facts of a refused call: status, headers and the text of the body, which Fluo fills with `{detail, type?}`.
 * `detail` may be a string, a list (validation errors) or an object; it always comes out as one line of text.
 * A 404 on a call that continued a thread means that the thread is gone.
 */
export function errorFromResponse(
  response: { readonly status: number; readonly headers: Headers },
  body: string,
  options: { readonly continuesThread?: boolean; readonly now?: number } = {},
): FluoError {
  const { status, headers } = response
  const gone = status === 404 && options.continuesThread === true
  const { detail, type } = readBody(body)
  const retryAt = parseRetryAfter(headers.get('retry-after'), options.now ?? Date.now())
  const requestId = headers.get('x-request-id')
  return {
    code: gone ? 'thread-gone' : (codes[status] ?? 'upstream'),
    status,
    ...(detail && { detail }),
    ...(type && { type }),
    ...(retryAt !== null && { retryAt }),
    ...(requestId && { requestId: requestId.slice(0, 200) }),
  }
}

function readBody(body: string): { detail: string; type: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return { detail: '', type: '' } // a proxy's HTML page says nothing that is worth keeping
  }
  if (!isRecord(parsed)) return { detail: describe(parsed), type: '' }
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
