import type { SseMessage } from '../../packages/core/src/wire/index.ts'
import { errorOf, readSseBatches } from '../../packages/core/src/wire/index.ts'
import type { Settings } from './settings.ts'

/** What a turn is asked; it is the same for everyone, so it may be printed. */
export const question = 'Say hello in one short sentence.'

/** How long each step may take and how much is read, in milliseconds and bytes. */
export interface TurnLimits {
  readonly silenceMs: number
  readonly bytes: number
}

/** How the reading of the stream ended; `not-read` when there was none. */
type StreamEnd = 'clean' | 'network' | 'too-large' | 'silence' | 'limit' | 'not-read'

/** One turn as it came: nothing of it is safe to print. */
export interface Turn {
  /** Null when nothing answered; `failure` then names the reason in capitals, where there is one. */
  readonly status: number | null
  readonly failure: string | null
  readonly headers: Headers
  /** The body of anything but an event stream, clipped. */
  readonly refusal: string
  readonly bytes: Uint8Array
  readonly messages: readonly SseMessage[]
  readonly firstMessageMs: number | null
  readonly end: StreamEnd
}

/** Asks for one turn with the documented request, and reads it with the kit's own reader. Never throws. */
export async function takeTurn(settings: Settings, limits: TurnLimits): Promise<Turn> {
  const start = performance.now()
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), limits.silenceMs)
  try {
    const response = await post(settings, silence.signal)
    const turn = { ...nothing, status: response.status, headers: response.headers }
    if (!response.ok || response.body === null || !isStream(response)) {
      return { ...turn, refusal: (await readText(response)).slice(0, 64 * 1024) }
    }
    return { ...turn, ...(await readStream(response.body, { start, timer, silence, limits })) }
  } catch (thrown) {
    return { ...nothing, failure: silence.signal.aborted ? 'TIMEOUT' : reasonOf(thrown) }
  } finally {
    clearTimeout(timer)
  }
}

const nothing: Turn = {
  status: null,
  failure: null,
  headers: new Headers(),
  refusal: '',
  bytes: new Uint8Array(),
  messages: [],
  firstMessageMs: null,
  end: 'not-read',
}

async function post(settings: Settings, signal: AbortSignal): Promise<Response> {
  const { apiKey, projectId, agentId, baseUrl } = settings
  return fetch(`${baseUrl}/api/v1/agents/${encodeURIComponent(agentId)}/stream/threads`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-project-id': projectId,
      'x-api-key': apiKey,
    },
    body: JSON.stringify({ query: question }),
    redirect: 'manual', // fetch would carry the key to another origin
    signal,
  })
}

function isStream({ headers }: Response): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(headers.get('content-type') ?? '')
}

async function readText(response: Response): Promise<string> {
  const isShort = Number(response.headers.get('content-length') ?? 0) <= 1024 * 1024
  if (isShort) return response.text().catch(() => '')
  await response.body?.cancel().catch(() => undefined)
  return ''
}

interface Reading {
  readonly start: number
  readonly timer: NodeJS.Timeout
  readonly silence: AbortController
  readonly limits: TurnLimits
}

async function readStream(
  body: ReadableStream<Uint8Array>,
  { start, timer, silence, limits }: Reading,
): Promise<Pick<Turn, 'bytes' | 'messages' | 'firstMessageMs' | 'end'>> {
  const pieces: Uint8Array[] = []
  const messages: SseMessage[] = []
  let size = 0
  let firstMessageMs: number | null = null
  let end: StreamEnd = 'clean'
  const recorded = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        timer.refresh()
        pieces.push(piece)
        size += piece.length
        controller.enqueue(piece)
      },
    }),
  )
  try {
    for await (const batch of readSseBatches(recorded, { signal: silence.signal })) {
      if (batch.length > 0) firstMessageMs ??= performance.now() - start
      messages.push(...batch)
      if (size <= limits.bytes) continue
      end = 'limit'
      break
    }
    if (silence.signal.aborted) end = 'silence'
  } catch (thrown) {
    const isSilent = silence.signal.aborted
    end = isSilent ? 'silence' : errorOf(thrown).code === 'too-large' ? 'too-large' : 'network'
  }
  return { bytes: Buffer.concat(pieces), messages, firstMessageMs, end }
}

/** The code behind "fetch failed" (ECONNREFUSED, a certificate's). Messages may quote what was sent. */
function reasonOf(thrown: unknown): string | null {
  const cause = thrown instanceof Error ? thrown.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : null
}
