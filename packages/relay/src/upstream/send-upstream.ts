import { errorFromResponse, readRefusal, type FluoErrorCode } from '@fluokit/core/wire'
import { inStream, Refusal } from '../answer/refusal.ts'

/** How Fluo is reached. */
export interface UpstreamOptions {
  readonly apiKey: string
  readonly projectId: string
  readonly baseUrl: string
  readonly fetch: typeof fetch
  readonly firstByteMs: number
}

/** One request to Fluo: a POST with a `body`, or else a GET. */
export interface UpstreamRequest {
  /** Behind the base URL, encoded. */
  readonly path: string
  readonly accept: 'application/json' | 'text/event-stream'
  readonly body?: object
  readonly signal: AbortSignal
  readonly continuesThread?: boolean
}

/**
 * Asks Fluo, and returns its answer where that is a 2xx. The request is built from nothing: a fixed method and path, at most
 * four headers, known fields. Redirects are errors, because fetch would carry the key along. Throws a {@link Refusal} whose
 * facts are for the log: the signal's reason where that is one.
 */
export async function sendUpstream(
  { path, accept, body, signal, continuesThread = false }: UpstreamRequest,
  { fetch, ...options }: UpstreamOptions, // Cloudflare's fetch is illegal to call as a method of anything
): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`${options.baseUrl.replace(/\/+$/, '')}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        accept,
        'x-project-id': options.projectId,
        'x-api-key': options.apiKey,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal,
    })
  } catch (thrown) {
    if (signal.reason instanceof Refusal) throw signal.reason
    throw new Refusal(inStream, 'network', { detail: causeOf(thrown) })
  }
  const { status } = response
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    void response.body?.cancel().catch(() => undefined)
    throw new Refusal(inStream, 'upstream', {
      detail: 'Fluo answered with a redirect, which is never followed.',
      upstreamStatus: status,
    })
  }
  if (!response.ok) throw await refusalOf(response, continuesThread)
  return response
}

/** Fluo's refusals that the asker can act on. Whatever is not here comes out {@link inStream}. */
const statuses: Partial<Record<FluoErrorCode, number>> = {
  invalid: 422,
  'too-large': 413,
  'rate-limited': 429,
  'thread-gone': 404,
}

/**
 * Fluo's 401 and 403, and a 404 for an agent, speak of the relay's own key, project or agent list. They come out as
 * `forbidden`: a browser that saw a 401 would refresh credentials of its own, which were never in question.
 */
async function refusalOf(response: Response, continuesThread: boolean): Promise<Refusal> {
  const error = errorFromResponse(response, await readRefusal(response), { continuesThread })
  const code = error.code === 'unauthorized' ? 'forbidden' : error.code
  return new Refusal(statuses[code] ?? inStream, code, {
    upstreamStatus: response.status,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(error.requestId !== undefined && { upstreamRequestId: error.requestId }),
    ...(error.retryAt !== undefined && code === 'rate-limited' && { retryAt: error.retryAt }),
  })
}

/** fetch says only "fetch failed"; the reason (ECONNREFUSED, a certificate) is behind it. */
function causeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'Fluo could not be reached.'
  const { cause } = thrown
  return cause instanceof Error ? cause.message : thrown.message
}
