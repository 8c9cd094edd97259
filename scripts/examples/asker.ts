import { randomUUID } from 'node:crypto'
import { readSse, relayTransport, type FluoEvent } from '../../packages/core/src/index.ts'
import type { HeldFluo } from './held-fluo.ts'

/** How long a step may take before something on the way must have held it back. */
export const limitMs = 10_000

/** What is read of a run: an event, and the cursor behind it. */
export interface Read {
  readonly event: FluoEvent
  readonly cursor: string | null
}

/** Somebody with one run: the same cookies with every call. */
export interface Asker {
  /** Asks, and reads as a browser does. `left` is the reader's leaving. */
  start(left?: AbortSignal): AsyncGenerator<Read>
  /** Reads on behind a cursor. */
  resume(after: string | null): AsyncGenerator<Read>
  /** The answer to the run's start, as it is. */
  post(): Promise<Response>
}

/** Somebody who asks through a home at `url`, by a `fetch`, for a run that no one has asked for yet. */
export function createAsker(
  url: string,
  fluo: HeldFluo,
  over: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> = fetch,
): Asker {
  const agentId = fluo.standIn.agents[0] ?? ''
  const run = { runId: randomUUID(), agentId, threadRef: null, input: { query: 'Count.' } }
  const relay = `${url}/api/fluo`
  let cookie = ''
  const fetchAsOne: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await over(input, { ...init, headers })
    cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return response
  }
  const post = (call: object, signal: AbortSignal): Promise<Response> =>
    fetchAsOne(relay, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(call),
      signal,
    })
  return {
    async *start(left = new AbortController().signal) {
      const transport = relayTransport({ url: relay, fetch: fetchAsOne })
      const late = AbortSignal.timeout(limitMs)
      try {
        for await (const batch of transport.start(run, AbortSignal.any([late, left]))) yield* batch
      } catch (thrown) {
        throw late.aborted ? new Error(`Nothing more came within ${limitMs / 1000} s`) : thrown
      }
    },
    async *resume(after) {
      const signal = AbortSignal.timeout(limitMs)
      const call = { op: 'resume', runId: run.runId, agentId, after }
      const { status, body } = await post(call, signal)
      if (status !== 200 || body === null) throw new Error(`The resume was answered ${status}`)
      for await (const { id, data } of readSse(body, { signal })) {
        yield { event: JSON.parse(data) as FluoEvent, cursor: id }
      }
    },
    post: () => post({ op: 'start', ...run }, AbortSignal.timeout(limitMs)),
  }
}

/** Resolves as the promise does, and rejects with the sentence where that takes too long. */
export async function inTime<T>(promise: Promise<T>, sentence: string): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`${sentence} within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([promise, tooLate])
  } finally {
    clearTimeout(late)
  }
}
