import { parseError, parseEvent } from '../wire/encode-event.ts'
import { errorFromResponse } from '../wire/error-from-response.ts'
import { FluoFault, type FluoError } from '../wire/errors.ts'
import { isPayload } from '../wire/payload.ts'
import { readSseBatches } from '../wire/read-sse.ts'
import { parseRunEnd, runEndHeader } from '../wire/run-end-mark.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { openStream } from './open-stream.ts'
import { postJson, type PostedJson } from './post-json.ts'
import type { EventBatches, RunCursor, Transport } from './transport.ts'
import { watchWire } from './watch-wire.ts'

export interface RelayTransportOptions {
  /** The relay's one URL, for instance `/api/fluo`. */
  readonly url: string
  /** Headers for each call, asked for anew each time. */
  readonly headers?: () => HeadersInit | Promise<HeadersInit>
  /** Called after a 401: resolve to true once fresh credentials are there, and the call is made again, once. */
  readonly onUnauthorized?: () => Promise<boolean>
  /** @default 'same-origin' */
  readonly credentials?: RequestCredentials
  /**
   * A connection to a relay that can be resumed is dropped after this much silence, in milliseconds: no comment of the relay's
   * came, so it is dead. Longer than the relay's `keepAliveMs`. 0 is never. @default 30000
   */
  readonly dropAfterMs?: number
  readonly fetch?: typeof fetch
}

type Call =
  | ({ readonly op: 'start' } & RunRequest)
  | ({ readonly op: 'resume' } & RunCursor)
  | ({ readonly op: 'stop' } & Omit<RunCursor, 'after'>)

/**
 * The transport to `@fluokit/relay`: one URL, POST only, and thread references that are sealed handles.
 * Sends a run a second time only after a 401, where nothing ran. A 5xx that is not the relay's own throws `network` with its
 * status. Where the relay marks the end of its streams, one that ends without the mark was cut, and throws `network`. A run that
 * the relay does not know cannot be resumed: `empty`.
 */
export function relayTransport(options: RelayTransportOptions): Transport {
  const posted = async (
    call: Call,
    how: Pick<PostedJson, 'signal' | 'keepalive'>,
  ): Promise<PostedJson> => ({
    url: options.url,
    headers: new Headers(await options.headers?.()),
    body: JSON.stringify(call),
    credentials: options.credentials ?? 'same-origin',
    fetch: options.fetch ?? fetch,
    ...how,
  })

  /** Calls, and after a 401 once more, if there are fresh credentials. */
  async function renewing<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (thrown) {
      const isRefused = thrown instanceof FluoFault && thrown.error.code === 'unauthorized'
      if (!isRefused || !(await isRenewed(options))) throw thrown
      return call()
    }
  }

  async function* follow(call: Call, signal: AbortSignal): EventBatches {
    const wire = watchWire(options.dropAfterMs ?? 30_000, signal)
    const isResumed = call.op === 'resume'
    try {
      if (isResumed) wire.begin() // what is known already is answered at once
      const { body, headers } = await renewing(async () =>
        openStream(await posted(call, { signal: wire.signal }), readRelayError),
      )
      const isMarked = headers.has(runEndHeader)
      if (isMarked) wire.begin()
      if (isResumed) yield [] // found, though nothing may be new
      for await (const messages of readSseBatches(body, { signal: wire.signal })) {
        wire.heard()
        const ends = messages.map(({ data }) => parseRunEnd(data))
        const events = messages.filter((_, index) => ends[index] === null)
        yield events.map(({ id, data }) => ({ cursor: id || null, event: parseEvent(data) }))
        const end = ends.find((mark) => mark !== null)
        if (end) return end
      }
      if (isMarked && !signal.aborted) throw new FluoFault({ code: 'network' })
    } finally {
      wire.end()
    }
  }

  return {
    start: (run, signal) => follow({ op: 'start', ...run }, signal),
    resume: ({ runId, agentId, after }, signal) =>
      follow({ op: 'resume', runId, agentId, after }, signal),
    async stop({ runId, agentId }: RunCursor) {
      const call = { op: 'stop', runId, agentId } as const
      const response = await renewing(async () =>
        postJson(await posted(call, { keepalive: true }), readRelayError),
      )
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

/**
 * The relay refuses with `{error: FluoError}`; what stands in front of it refuses in ways of its own, and with a 5xx when it has
 * lost the relay's answer, or has not got through to it.
 */
function readRelayError(response: Response, body: string): FluoError {
  const fallback = errorFromResponse(response, '')
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
