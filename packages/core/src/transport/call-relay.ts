import { parseError } from '../wire/encode-event.ts'
import { FluoFault, type FluoError } from '../wire/errors.ts'
import { factsOfResponse, type RefusedResponse } from '../wire/facts-of-response.ts'
import { isPayload } from '../wire/payload.ts'
import type { PostedJson } from './post-json.ts'

/** How a relay is called. */
export interface RelayCallOptions {
  /** The relay's one URL, for instance `/api/fluo`. */
  readonly url: string
  /** Headers for each call, asked for anew each time. */
  readonly headers?: () => HeadersInit | Promise<HeadersInit>
  /** Called after a 401: resolve to true once fresh credentials are there, and the call is made again, once. */
  readonly onUnauthorized?: () => Promise<boolean>
  /** @default 'same-origin' */
  readonly credentials?: RequestCredentials
  readonly fetch?: typeof fetch
}

/** Makes a call of the relay by `send`, and once more after a 401, if there are fresh credentials. Throws what `send` throws. */
export async function callRelay<T>(
  options: RelayCallOptions,
  call: object,
  how: Pick<PostedJson, 'signal' | 'keepalive'>,
  send: (posted: PostedJson) => Promise<T>,
): Promise<T> {
  const body = JSON.stringify(call)
  return renewing(options, async (headers) =>
    send({
      url: options.url,
      headers,
      body,
      credentials: options.credentials ?? 'same-origin',
      fetch: options.fetch ?? fetch,
      ...how,
    }),
  )
}

/** Calls with fresh headers, and once more after a 401, if there are fresh credentials. */
export async function renewing<T>(
  options: RelayCallOptions,
  call: (headers: Headers) => Promise<T>,
): Promise<T> {
  try {
    return await call(new Headers(await options.headers?.()))
  } catch (thrown) {
    const isRefused = thrown instanceof FluoFault && thrown.error.code === 'unauthorized'
    if (!isRefused || !(await isRenewed(options))) throw thrown
    return call(new Headers(await options.headers?.()))
  }
}

/** Whether there are fresh credentials; an application that fails to get any has none. */
async function isRenewed({ onUnauthorized }: RelayCallOptions): Promise<boolean> {
  try {
    return (await onUnauthorized?.()) === true
  } catch {
    return false
  }
}

/**
 * The relay refuses with `{error: FluoError}`; what stands in front of it refuses in ways of its own, and with a 5xx when it has
 * lost the relay's answer, or has not got through to it.
 */
export function readRelayError(response: RefusedResponse, body: string): FluoError {
  const fallback = factsOfResponse(response)
  const error = parseError(relayError(body))
  if (error !== null) return { ...fallback, ...error }
  return response.status < 500 ? fallback : { ...fallback, code: 'network' }
}

function relayError(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return isPayload(value) ? value['error'] : null
  } catch {
    return null
  }
}
