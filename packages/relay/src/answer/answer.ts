import { runEndHeader } from '@fluokit/core/wire'
import { errorFrame, writeFrame, writeRunEnd } from './frame.ts'
import { inStream, type Refusal } from './refusal.ts'

/** What every answer of one request shares: its ID, and the headers that `authorize` asked for. */
export interface AnswerContext {
  readonly requestId: string
  readonly headers: Headers
}

/** The stream of a run. Its headers keep caches, proxies and compressors from holding it back. */
export function streamAnswer(context: AnswerContext, body: ReadableStream<Uint8Array>): Response {
  const headers = ownHeaders(context)
  headers.set('content-type', 'text/event-stream; charset=utf-8')
  headers.set('cache-control', 'no-store, no-transform')
  headers.set('x-accel-buffering', 'no')
  headers.set(runEndHeader, 'marked')
  return new Response(body, { status: 200, headers })
}

/**
 * A refusal as `{error}`: a code, a status, when to try again and the request's ID; {@link inStream}, as a stream of one
 * `error` event. Nothing upstream said.
 */
export function refusalAnswer(context: AnswerContext, refusal: Refusal): Response {
  const { status, code, facts } = refusal
  const { requestId } = context
  if (status === inStream) {
    const frame = writeFrame({ cursor: 1, frame: errorFrame({ code, requestId }) })
    return streamAnswer(context, new Blob([frame, writeRunEnd('failed')]).stream())
  }
  const headers = ownHeaders(context)
  headers.set('content-type', 'application/json')
  if (facts.allow !== undefined) headers.set('allow', facts.allow)
  if (facts.retryAt !== undefined) {
    const seconds = Math.max(0, Math.ceil((facts.retryAt - Date.now()) / 1000))
    headers.set('retry-after', String(seconds))
  }
  const error = {
    code,
    status,
    ...(facts.retryAt !== undefined && { retryAt: facts.retryAt }),
    requestId,
  }
  return new Response(JSON.stringify({ error }), { status, headers })
}

/** An answer of plain JSON. */
export function jsonAnswer(context: AnswerContext, value: unknown): Response {
  const headers = ownHeaders(context)
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(value), { headers })
}

/** An answer without a body. */
export function emptyAnswer(context: AnswerContext): Response {
  return new Response(null, { status: 204, headers: ownHeaders(context) })
}

/** An answer of the application's own, with the request's ID and the headers that `authorize` asked for; not to be stored unless it says so. */
export function passedAnswer(context: AnswerContext, response: Response): Response {
  const headers = new Headers(response.headers)
  addHeaders(headers, context.headers)
  headers.set('x-request-id', context.requestId)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  const { status, statusText, body } = response
  return new Response(body, { status, statusText, headers })
}

function ownHeaders(context: AnswerContext): Headers {
  const headers = new Headers()
  addHeaders(headers, context.headers)
  headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-request-id', context.requestId)
  return headers
}

/** Cookies add up, anything else replaces. */
function addHeaders(to: Headers, from: Headers): void {
  for (const [name, value] of from) {
    if (name === 'set-cookie') to.append(name, value)
    else to.set(name, value)
  }
}
