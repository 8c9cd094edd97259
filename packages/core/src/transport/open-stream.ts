import { FluoFault, type FluoError } from '../wire/errors.ts'
import { readRefusal } from '../wire/read-refusal.ts'
import { postJson, type PostedJson } from './post-json.ts'

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
  request: PostedJson,
  readError: (response: Response, body: string) => FluoError,
): Promise<OpenedStream> {
  request.headers.set('accept', 'text/event-stream')
  const response = await postJson(request, readError)
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
