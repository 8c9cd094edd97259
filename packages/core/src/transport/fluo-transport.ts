import { createDecoder, type DecodeOptions } from '../wire/create-decoder.ts'
import { errorFromResponse } from '../wire/error-from-response.ts'
import { guardThread } from '../wire/guard-thread.ts'
import { readSseBatches } from '../wire/read-sse.ts'
import type { FileRef, RunRequest, TurnInput } from '../wire/run-request.ts'
import { fluoHeaders, fluoUrl, type FluoCallOptions } from './fluo-call.ts'
import { fluoViewUrl } from './fluo-view-url.ts'
import { openStream } from './open-stream.ts'
import type { EventBatches, Transport } from './transport.ts'

export interface FluoTransportOptions extends DecodeOptions, FluoCallOptions {}

/**
 * A transport straight to an endpoint that speaks Fluo's own contract: a server, or a proxy of your own.
 * Thread references are Fluo's raw IDs here. Refuses (`invalid`) an `x-api-key` header in a browser, where the
 * key must never be; behind `@fluokit/relay` use `relayTransport`.
 */
export function fluoTransport(options: FluoTransportOptions): Transport {
  const decode = createDecoder(options)
  return {
    async *start(run: RunRequest, signal: AbortSignal): EventBatches {
      const { agentId, input } = run
      const headers = await fluoHeaders(options)
      const sent = await fluoBody(input, (ref) => fluoViewUrl(options, ref, signal))
      const { body } = await openStream(
        {
          url: fluoUrl(
            options,
            `agents/${encodeURIComponent(agentId)}/stream/threads${search(run)}`,
          ),
          headers,
          body: JSON.stringify(sent),
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

/** Fluo's documented body and nothing else. It takes files as URLs: one that was uploaded is asked for its own, which is good for a while. */
async function fluoBody(
  { query, documents, images, audios, contexts, metadata }: TurnInput,
  viewUrl: (ref: string) => Promise<string>,
): Promise<Record<string, unknown>> {
  const urlsOf = async (
    files: readonly FileRef[] | undefined,
  ): Promise<readonly string[] | undefined> =>
    files &&
    Promise.all(files.map(async (file) => (typeof file === 'string' ? file : viewUrl(file.ref))))
  const [documentUrls, imageUrls, audioUrls] = await Promise.all(
    [documents, images, audios].map(urlsOf),
  )
  return {
    query,
    documents: documentUrls,
    images: imageUrls,
    audios: audioUrls,
    contexts,
    metadata,
  }
}
