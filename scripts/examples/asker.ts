import { randomUUID } from 'node:crypto'
import {
  relayTransport,
  type EventBatches,
  type FluoEvent,
  type RunEnd,
} from '../../packages/core/src/index.ts'
import type { HeldFluo } from './held-fluo.ts'

/** How long a step may take before something on the way must have held it back. */
export const limitMs = 10_000

/** What is read of a run: an event, and the cursor behind it. */
export interface Read {
  readonly event: FluoEvent
  readonly cursor: string | null
}

/** What is read of a run, and then what the relay says of its end. */
export type Reading = AsyncGenerator<Read, RunEnd | undefined>

/** Somebody with one run: the same cookies with every call. */
export interface Asker {
  /** Asks, and reads as a browser does. `left` is the reader's leaving. */
  start(left?: AbortSignal): Reading
  /** Reads on behind a cursor. */
  resume(after: string | null): Reading
}

/** Somebody who asks through a home at `url`, by a `fetch`, for a run that no one has asked for yet. */
export function createAsker(
  url: string,
  fluo: HeldFluo,
  over: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> = fetch,
): Asker {
  const agentId = fluo.standIn.agents[0] ?? ''
  const run = { runId: randomUUID(), agentId, threadRef: null, input: { query: 'Count.' } }
  let cookie = ''
  const fetchAsOne: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await over(input, { ...init, headers })
    cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return response
  }
  const transport = relayTransport({ url: `${url}/api/fluo`, fetch: fetchAsOne })
  return {
    start: (left) => inPieces((signal) => transport.start(run, signal), left),
    resume: (after) =>
      inPieces((signal) => transport.resume?.({ ...run, after }, signal) ?? nothing()),
  }
}

async function* inPieces(
  read: (signal: AbortSignal) => EventBatches,
  left: AbortSignal = new AbortController().signal,
): Reading {
  const late = AbortSignal.timeout(limitMs)
  try {
    const batches = read(AbortSignal.any([late, left]))[Symbol.asyncIterator]()
    for (;;) {
      const next = await batches.next()
      if (next.done === true) return next.value ?? undefined
      yield* next.value
    }
  } catch (thrown) {
    throw late.aborted ? new Error(`Nothing more came within ${limitMs / 1000} s`) : thrown
  }
}

async function* nothing(): EventBatches {
  // A transport that cannot resume.
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
