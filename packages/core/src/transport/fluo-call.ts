import { FluoFault } from '../wire/errors.ts'

/** How an endpoint is called that speaks Fluo's own contract. */
export interface FluoCallOptions {
  /** Where Fluo's own paths begin, for instance `https://example.com/fluo`. */
  readonly baseUrl: string
  /** Headers for each call, asked for anew each time. */
  readonly headers?: () => HeadersInit | Promise<HeadersInit>
  readonly fetch?: typeof fetch
}

/** The URL of one of Fluo's own paths. */
export function fluoUrl({ baseUrl }: FluoCallOptions, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/api/v1/${path}`
}

/** The headers of one call. Throws a `FluoFault` (`invalid`) for the key in a browser, where anyone could read it. */
export async function fluoHeaders(options: FluoCallOptions): Promise<Headers> {
  const headers = new Headers(await options.headers?.())
  if (!headers.has('x-api-key') || !('document' in globalThis)) return headers
  const sentence =
    'An x-api-key header was given in a browser, where anyone could read it. Keep the key on a server, behind @fluokit/relay, and use relayTransport and relayUploads.'
  throw new FluoFault({ code: 'invalid', detail: sentence }, sentence)
}
