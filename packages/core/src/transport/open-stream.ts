import { FluoFault, type FluoError } from '../wire/errors.ts'
import { readRefusal } from '../wire/read-refusal.ts'

/** An event stream that is about to be read. */
export interface OpenedStream {
  readonly body: ReadableStream<Uint8Array>
  readonly headers: Headers
}

/**
 * Posts JSON and returns the event stream that answers. Redirects are never followed. Throws a
 * `FluoFault`: `network` when nothing answered, what `readError` makes of a refusal, `not-a-stream` for a page
 * or JSON where a stream should be, `empty` for no body at all.
 */
export async function openStream(
  request: {
    readonly url: string
    readonly headers: Headers
    readonly body: string
    readonly signal: AbortSignal
    readonly credentials?: RequestCredentials
    readonly fetch: typeof fetch
  },
  readError: (response: Response, body: string) => FluoError,
): Promise<OpenedStream> {
  request.headers.set('content-type', 'application/json')
  request.headers.set('accept', 'text/event-stream')
  const response = await send(request)
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    close(response)
    throw new FluoFault({ code: 'upstream', status: response.status || 302 })
  }
  if (!response.ok) throw new FluoFault(readError(response, await readRefusal(response)))
  const { body, headers } = response
  if (response.status === 204 || body === null) {
    throw new FluoFault({ code: 'empty', status: response.status })
  }
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'text/event-stream') return { body, headers }
  const { detail } = readError(response, await readRefusal(response))
  throw new FluoFault({
    code: 'not-a-stream',
    status: response.status,
    ...(detail !== undefined && { detail }),
  })
}

async function send({
  fetch: call,
  ...request
}: Parameters<typeof openStream>[0]): Promise<Response> {
  try {
    return await call(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      cache: 'no-store',
      signal: request.signal,
      ...(request.credentials !== undefined && { credentials: request.credentials }),
    })
  } catch {
    throw new FluoFault({ code: 'network' })
  }
}

function close(response: Response): void {
  void response.body?.cancel().catch(() => undefined)
}
