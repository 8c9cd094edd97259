import type { TurnInput } from '@fluokit/core/wire'
import { inStream, Refusal } from '../answer/refusal.ts'
import { sendUpstream, type UpstreamOptions } from './send-upstream.ts'

export interface UpstreamRun {
  readonly agentId: string
  readonly threadId: string | null
  readonly input: TurnInput
  /** Ends the request at once, also while its body is read. */
  readonly abort: AbortController
}

/** Asks Fluo for a run and returns the body of its event stream. Throws a {@link Refusal} whose facts are for the log. */
export async function openUpstream(
  run: UpstreamRun,
  options: UpstreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const { query, documents, images, audios, contexts, metadata } = run.input
  const late = new Refusal(inStream, 'stalled', { detail: 'Fluo was over limits.firstByteMs.' })
  const timer = setTimeout(() => run.abort.abort(late), options.firstByteMs)
  try {
    const response = await sendUpstream(
      {
        path: pathOf(run),
        accept: 'text/event-stream',
        body: { query, documents, images, audios, contexts, metadata },
        signal: run.abort.signal,
        continuesThread: run.threadId !== null,
      },
      options,
    )
    return bodyOf(response)
  } finally {
    clearTimeout(timer)
  }
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  const { status } = response
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

function pathOf({ agentId, threadId }: UpstreamRun): string {
  const search = threadId === null ? '' : `?thread_id=${encodeURIComponent(threadId)}`
  return `/api/v1/agents/${encodeURIComponent(agentId)}/stream/threads${search}`
}

function leave(response: Response): void {
  void response.body?.cancel().catch(() => undefined)
}
