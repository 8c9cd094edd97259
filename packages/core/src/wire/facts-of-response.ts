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

/** What of a refusal says something without its body. */
export interface RefusedResponse {
  readonly status: number
  readonly headers: Headers
}

/** The facts of a refused call that stand in its status and headers. `now` is what a wait counts from, in milliseconds since the epoch. */
export function factsOfResponse(
  { status, headers }: RefusedResponse,
  now: number = Date.now(),
): FluoError {
  const retryAt = parseRetryAfter(headers.get('retry-after'), now)
  const requestId = headers.get('x-request-id')
  return {
    code: codes[status] ?? 'upstream',
    status,
    ...(retryAt !== null && { retryAt }),
    ...(requestId && { requestId: requestId.slice(0, 200) }),
  }
}
