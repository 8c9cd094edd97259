import { parseError, parseEvent } from '../wire/encode-event.ts'
import { errorFromResponse } from '../wire/error-from-response.ts'
import { FluoFault, type FluoError } from '../wire/errors.ts'
import { isPayload } from '../wire/payload.ts'
import { readSseBatches } from '../wire/read-sse.ts'
import { parseRunEnd } from '../wire/run-end-mark.ts'
import { openStream } from './open-stream.ts'
import type { EventBatches, RunCursor, Transport } from './transport.ts'

export interface RelayTransportOptions {
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

/**
 * The transport to `@fluokit/relay`: one URL, POST only, and thread references that are sealed handles.
 * Sends a run a second time only after a 401, where nothing ran.
 */
export function relayTransport(options: RelayTransportOptions): Transport {
  const post = async (call: object, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> =>
    openStream(
      {
        url: options.url,
        headers: new Headers(await options.headers?.()),
        body: JSON.stringify(call),
        credentials: options.credentials ?? 'same-origin',
        signal,
        fetch: options.fetch ?? fetch,
      },
      readRelayError,
    )

  return {
    async *start(run, signal): EventBatches {
      const call = { op: 'start', ...run }
      const body = await post(call, signal).catch(async (thrown: unknown) => {
        const isRefused = thrown instanceof FluoFault && thrown.error.code === 'unauthorized'
        if (!isRefused || !(await isRenewed(options))) throw thrown
        return post(call, signal)
      })
      for await (const messages of readSseBatches(body, { signal })) {
        const events = messages.filter(({ data }) => parseRunEnd(data) === null)
        yield events.map(({ id, data }) => ({ cursor: id || null, event: parseEvent(data) }))
      }
    },
    async stop({ runId, agentId }: RunCursor) {
      const headers = new Headers(await options.headers?.())
      headers.set('content-type', 'application/json')
      const response = await (options.fetch ?? fetch)(options.url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ op: 'stop', runId, agentId }),
        credentials: options.credentials ?? 'same-origin',
        redirect: 'manual',
        keepalive: true,
      })
      await response.body?.cancel()
    },
  }
}

/** Whether there are fresh credentials; an application that fails to get any has none. */
async function isRenewed({ onUnauthorized }: RelayTransportOptions): Promise<boolean> {
  try {
    return (await onUnauthorized?.()) === true
  } catch {
    return false
  }
}

/** The relay refuses with `{error: FluoError}`; what stands in front of it refuses in ways of its own. */
function readRelayError(response: Response, body: string): FluoError {
  const fallback = errorFromResponse(response, '')
  const error = parseError(relayError(body))
  return error === null ? fallback : { ...fallback, ...error }
}

function relayError(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return isPayload(value) ? value['error'] : null
  } catch {
    return null
  }
}
