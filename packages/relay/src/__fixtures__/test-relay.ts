import { parseEvent, type FluoEvent, type RunEnd } from '@fluokit/core/wire'
import { createRelay } from '../create-relay.ts'
import type { Relay } from '../relay.ts'
import type { RelayLogEntry } from '../answer/relay-log.ts'
import type { RelayOptions } from '../options/relay-options.ts'
import { createMemoryRunLog } from '../run-log/memory-run-log.ts'

export const apiKey = 'sk-canary-1f0e9d8c7b6a'
export const projectId = 'project-canary-5544'
export const rawThread = 'thread_canary_778899'
/** 32 bytes that were random once, the same in each test. */
export const sealKey: Uint8Array = Uint8Array.from(
  Buffer.from('9bdc4accec7ee573ad1fadb2daf295eebc71f9b13ff742e063110014ed75af2f', 'hex'),
)

export interface TestRelay {
  readonly relay: Relay
  readonly log: readonly RelayLogEntry[]
}

/** A relay whose user is the `x-user` header. */
export function testRelay(baseUrl: string, options: Partial<RelayOptions> = {}): TestRelay {
  const log: RelayLogEntry[] = []
  const relay = createRelay({
    apiKey,
    projectId,
    agents: ['helper', 'other'],
    sealKeys: [{ id: 'a', key: sealKey }],
    authorize: (request) => {
      const userId = request.headers.get('x-user')
      return userId === null ? null : { userId }
    },
    baseUrl,
    log: (entry) => log.push(entry),
    runLog: createMemoryRunLog(),
    graceMs: 0,
    ...options,
  })
  return { relay, log }
}

/** A call as `relayTransport` makes it. */
export function call(
  body: unknown,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Request {
  return new Request('http://app.example/api/fluo', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': 'ann', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  })
}

/** The body of a start. */
export function start(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    op: 'start',
    runId: 'run-1',
    agentId: 'helper',
    threadRef: null,
    input: { query: 'What is the weather like?' },
    ...over,
  }
}

/** The events of an answer that ended, without the mark of its end. */
export function eventsOf(text: string): readonly FluoEvent[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: ') && !line.includes('"type":"run_end"'))
    .map((line) => parseEvent(line.slice('data: '.length)))
}

/** The first handle in an answer. */
export function handleOf(text: string): string {
  for (const event of eventsOf(text)) {
    if ('threadRef' in event && event.threadRef !== undefined) return event.threadRef
  }
  throw new Error('The answer shows no thread.')
}

/** The error of a refusal, without the request's own ID. */
export async function errorOf(response: Response): Promise<unknown> {
  const { error } = (await response.json()) as { error: { requestId?: string } }
  const { requestId: _requestId, ...rest } = error
  return rest
}

/** The one frame of a start that is refused in its stream. */
export function refusedFrame(response: Response, code: string): string {
  const requestId = response.headers.get('x-request-id') ?? ''
  return `id: 1\ndata: {"type":"error","error":{"code":"${code}","requestId":"${requestId}"}}\n\n${endMark('failed')}`
}

/** The last server-sent event of a stream. */
export function endMark(end: RunEnd): string {
  return `data: {"type":"run_end","end":"${end}"}\n\n`
}
