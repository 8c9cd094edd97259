import {
  errorFromResponse,
  readRefusal,
  type FluoErrorCode,
  type TurnInput,
} from '@fluokit/core/wire'
import { inStream, Refusal } from '../answer/refusal.ts'

export interface UpstreamOptions {
  readonly apiKey: string
  readonly projectId: string
  readonly baseUrl: string
  readonly fetch: typeof fetch
  readonly firstByteMs: number
}

export interface UpstreamRun {
  readonly agentId: string
  readonly threadId: string | null
  readonly input: TurnInput
  /** Ends the request at once, also while its body is read. */
  readonly abort: AbortController
}

/**
 * Asks Fluo for a run and returns the body of its event stream. The request is built from nothing: a fixed method
 * and path, four headers, the documented body. Redirects are errors, because fetch would carry the key along.
 * Throws a {@link Refusal} whose facts are for the log.
 */
export async function openUpstream(
  run: UpstreamRun,
  options: UpstreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const late = new Refusal(inStream, 'stalled', { detail: 'Fluo was over limits.firstByteMs.' })
  const timer = setTimeout(() => run.abort.abort(late), options.firstByteMs)
  try {
    return await bodyOf(await send(run, options), run)
  } finally {
    clearTimeout(timer)
  }
}

async function bodyOf(response: Response, run: UpstreamRun): Promise<ReadableStream<Uint8Array>> {
  const { status } = response
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    leave(response)
    throw new Refusal(inStream, 'upstream', {
      detail: 'Fluo answered with a redirect, which is never followed.',
      upstreamStatus: status,
    })
  }
  if (!response.ok) throw await refusalOf(response, run.threadId !== null)
  if (status === 204 || response.body === null || response.headers.get('content-length') === '0') {
    leave(response)
    throw new Refusal(inStream, 'empty', { upstreamStatus: status })
  }
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'text/event-stream') {
    leave(response)
    throw new Refusal(inStream, 'not-a-stream', {
      detail: `Fluo answered with the type "${type ?? ''}".`,
      upstreamStatus: status,
    })
  }
  return response.body
}

async function send(run: UpstreamRun, options: UpstreamOptions): Promise<Response> {
  const { fetch } = options // Cloudflare's is illegal to call as a method of anything
  const { query, documents, images, audios, contexts, metadata } = run.input
  const body = JSON.stringify({ query, documents, images, audios, contexts, metadata })
  try {
    return await fetch(urlOf(run, options.baseUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'x-project-id': options.projectId,
        'x-api-key': options.apiKey,
      },
      body,
      redirect: 'manual',
      signal: run.abort.signal,
    })
  } catch (thrown) {
    if (run.abort.signal.reason instanceof Refusal) throw run.abort.signal.reason
    throw new Refusal(inStream, 'network', { detail: causeOf(thrown) })
  }
}

function urlOf({ agentId, threadId }: UpstreamRun, baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, '')
  const search = threadId === null ? '' : `?thread_id=${encodeURIComponent(threadId)}`
  return `${base}/api/v1/agents/${encodeURIComponent(agentId)}/stream/threads${search}`
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

function leave(response: Response): void {
  void response.body?.cancel().catch(() => undefined)
}

/** fetch says only "fetch failed"; the reason (ECONNREFUSED, a certificate) is behind it. */
function causeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'Fluo could not be reached.'
  const { cause } = thrown
  return cause instanceof Error ? cause.message : thrown.message
}
