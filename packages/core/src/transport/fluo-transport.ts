import { createDecoder, type DecodeOptions } from '../wire/create-decoder.ts'
import { errorFromResponse } from '../wire/error-from-response.ts'
import { FluoFault } from '../wire/errors.ts'
import { guardThread } from '../wire/guard-thread.ts'
import { readSseBatches } from '../wire/read-sse.ts'
import type { RunRequest, TurnInput } from '../wire/run-request.ts'
import { openStream } from './open-stream.ts'
import type { EventBatches, Transport } from './transport.ts'

export interface FluoTransportOptions extends DecodeOptions {
  /** Where Fluo's own paths begin, for instance `https://example.com/fluo`. */
  readonly baseUrl: string
  /** Headers for each call, asked for anew each time. */
  readonly headers?: () => HeadersInit | Promise<HeadersInit>
  readonly fetch?: typeof fetch
}

/**
 * A transport straight to an endpoint that speaks Fluo's own contract: a server, or a proxy of your own.
 * Thread references are Fluo's raw IDs here. Refuses (`invalid`) an `x-api-key` header in a browser, where the
 * key must never be; behind `@fluokit/relay` use `relayTransport`.
 */
export function fluoTransport(options: FluoTransportOptions): Transport {
  const base = options.baseUrl.replace(/\/+$/, '')
  const decode = createDecoder(options)
  return {
    async *start(run: RunRequest, signal: AbortSignal): EventBatches {
      const headers = new Headers(await options.headers?.())
      refuseKeyInBrowser(headers)
      const { body } = await openStream(
        {
          url: `${base}/api/v1/agents/${encodeURIComponent(run.agentId)}/stream/threads${search(run)}`,
          headers,
          body: JSON.stringify(fluoBody(run.input)),
          signal,
          fetch: options.fetch ?? fetch,
        },
        (response, text) =>
          errorFromResponse(response, text, { continuesThread: run.threadRef !== null }),
      )
      const guard = guardThread(run.threadRef)
      for await (const messages of readSseBatches(body, { signal })) {
        yield messages.flatMap((message) =>
          decode(message)
            .flatMap((event) => guard.check(event))
            .map((event) => ({ cursor: message.id || null, event })),
        )
      }
    },
  }
}

function search({ threadRef }: RunRequest): string {
  return threadRef === null ? '' : `?thread_id=${encodeURIComponent(threadRef)}`
}

/** Fluo's documented body and nothing else; files must be URLs by now. */
function fluoBody(input: TurnInput): Record<string, unknown> {
  const { query, documents, images, audios, contexts, metadata } = input
  const files = [...(documents ?? []), ...(images ?? []), ...(audios ?? [])]
  if (files.some((file) => typeof file !== 'string')) {
    throw new FluoFault({ code: 'invalid', detail: 'Fluo itself takes files as URLs only.' })
  }
  return { query, documents, images, audios, contexts, metadata }
}

function refuseKeyInBrowser(headers: Headers): void {
  if (!headers.has('x-api-key') || !('document' in globalThis)) return
  const sentence =
    'fluoTransport was given an x-api-key header in a browser, where anyone could read it. Keep the key on a server, behind @fluokit/relay, and use relayTransport.'
  throw new FluoFault({ code: 'invalid', detail: sentence }, sentence)
}
