import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseJson, readBody } from './read-body.ts'
import type { RecordedRequest } from './recorded-request.ts'

/** A call that is being answered. */
export interface Call {
  readonly request: RecordedRequest
  /** False when the body was larger than the stand-in reads, or broke off. */
  readonly isWhole: boolean
  /** Aborts when the answer is over, whoever ended it. */
  readonly signal: AbortSignal
  /** Notes that the end that comes next is the stand-in's own doing. */
  endHere(): void
}

/** What a stand-in was asked, and those who wait for it. */
export interface RequestLog {
  readonly requests: readonly RecordedRequest[]
  /** Notes a call and reads its body. */
  record(request: IncomingMessage, response: ServerResponse): Promise<Call>
  openStreams(): number
  nextRequest(): Promise<RecordedRequest>
}

const longest = 1000

/** An empty log. It forgets all but the last thousand calls. */
export function createRequestLog(): RequestLog {
  const requests: RecordedRequest[] = []
  const open = new Set<ServerResponse>()
  const waiting: ((request: RecordedRequest) => void)[] = []
  return {
    requests,
    async record(incoming, response) {
      open.add(response)
      const call = noteCall(incoming, response, () => void open.delete(response))
      requests.push(call.request)
      if (requests.length > longest) requests.shift()
      const text = await readBody(incoming)
      call.request.body = parseJson(text ?? '')
      waiting.splice(0).forEach((resolve) => resolve(call.request))
      return { ...call, isWhole: text !== null }
    },
    openStreams: () =>
      [...open].filter((response) => response.headersSent && isStream(response)).length,
    nextRequest: () => new Promise((resolve) => void waiting.push(resolve)),
  }
}

type Entry = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] }

function noteCall(
  incoming: IncomingMessage,
  response: ServerResponse,
  onClose: () => void,
): Omit<Call, 'isWhole' | 'request'> & { readonly request: Entry } {
  const url = new URL(incoming.url ?? '/', 'http://stand-in')
  const over = new AbortController()
  let isEndedHere = false
  let close: (at: number) => void
  const request: Entry = {
    method: incoming.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    threadId: url.searchParams.get('thread_id'),
    headers: headersOf(incoming),
    body: undefined,
    receivedAt: Date.now(),
    get status() {
      return response.headersSent ? response.statusCode : null
    },
    closedAt: null,
    closedBy: null,
    closed: new Promise((resolve) => (close = resolve)),
  }
  response.once('close', () => {
    const at = Date.now()
    request.closedAt = at
    request.closedBy = isEndedHere || response.writableFinished ? 'server' : 'client'
    over.abort()
    close(at)
    onClose()
  })
  return { request, signal: over.signal, endHere: () => void (isEndedHere = true) }
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  )
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream')
}
