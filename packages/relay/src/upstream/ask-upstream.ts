import { readRefusal } from '@fluokit/core/wire'
import { inStream, Refusal } from '../answer/refusal.ts'
import { sendUpstream, type UpstreamOptions, type UpstreamRequest } from './send-upstream.ts'

/**
 * Asks Fluo something that is answered with a JSON object, of at most 64 KiB, within `firstByteMs` and no longer than
 * `ended` lets it. Throws a {@link Refusal} whose facts are for the log.
 */
export async function askUpstream(
  { ended, ...request }: Pick<UpstreamRequest, 'path' | 'body'> & { readonly ended: AbortSignal },
  options: UpstreamOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const abort = new AbortController()
  const late = new Refusal(inStream, 'stalled', { detail: 'Fluo was over limits.firstByteMs.' })
  const timer = setTimeout(() => abort.abort(late), options.firstByteMs)
  const leave = (): void => abort.abort(ended.reason)
  if (ended.aborted) leave()
  ended.addEventListener('abort', leave, { once: true })
  try {
    const { signal } = abort
    const response = await sendUpstream({ ...request, accept: 'application/json', signal }, options)
    const text = await readRefusal(response) // whatever breaks off is no JSON
    if (signal.reason instanceof Refusal) throw signal.reason
    return objectOf(text, response.status)
  } finally {
    clearTimeout(timer)
    ended.removeEventListener('abort', leave)
  }
}

function objectOf(text: string, upstreamStatus: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // The same as any other JSON.
  }
  throw new Refusal(inStream, 'upstream', {
    detail: 'Fluo answered with no JSON object.',
    upstreamStatus,
  })
}
