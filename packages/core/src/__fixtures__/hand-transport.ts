import type { FrameScheduler } from '../thread/frame-commit.ts'
import type { EventBatches, RunCursor, Transport } from '../transport/transport.ts'
import { FluoFault, type FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunEnd } from '../wire/run-end-mark.ts'
import type { RunRequest } from '../wire/run-request.ts'

type Batch = readonly { readonly cursor: string | null; readonly event: FluoEvent }[]

/** One connection as the server sees it, driven by hand. Each call resolves once the client has taken in what it brought. */
export interface HandConnection {
  readonly signal: AbortSignal
  /** Events that arrive in one network read; none for bytes that complete no event. */
  push(...events: readonly FluoEvent[]): Promise<void>
  /** The body ends, with what the server says of the run where it says anything. */
  end(how?: RunEnd): Promise<void>
  fail(thrown?: unknown): Promise<void>
}

export interface HandRun extends HandConnection {
  readonly request: RunRequest
}

export interface HandResume extends HandConnection {
  readonly call: RunCursor
}

export interface HandTransport extends Transport {
  readonly runs: readonly HandRun[]
  /** The run asked for last. */
  readonly run: HandRun
  readonly resumes: readonly HandResume[]
  /** The run resumed last. */
  readonly resumed: HandResume
  readonly stopped: readonly RunCursor[]
}

export interface HandTransportOptions {
  /** Its runs go on when they are aborted. @default false */
  readonly isDeaf?: boolean
  /** @default false */
  readonly canResume?: boolean
}

/** A transport whose runs do nothing by themselves. Cursors count the events of a run, over all of its connections. */
export function handTransport({
  isDeaf = false,
  canResume = false,
}: HandTransportOptions = {}): HandTransport {
  const runs: HandRun[] = []
  const resumes: HandResume[] = []
  const stopped: RunCursor[] = []

  function connect(signal: AbortSignal, after: number): [HandConnection, EventBatches] {
    const waiting: (() => Batch | { readonly end: RunEnd | undefined })[] = []
    let wake: (() => void) | undefined
    const bring = (step: (typeof waiting)[number]): Promise<void> => {
      waiting.push(step)
      wake?.()
      return settled()
    }
    let cursor = after
    const connection: HandConnection = {
      signal,
      push: (...events) =>
        bring(() => events.map((event) => ({ cursor: String((cursor += 1)), event }))),
      end: (end) => bring(() => ({ end })),
      fail: (thrown = fault({ code: 'network' })) =>
        bring(() => {
          throw thrown
        }),
    }
    if (!isDeaf) signal.addEventListener('abort', () => wake?.())
    async function* batches(): EventBatches {
      for (;;) {
        if (signal.aborted && !isDeaf) return
        const step = waiting.shift()
        if (step === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else {
          const batch = step()
          if ('end' in batch) return batch.end
          yield batch
        }
      }
    }
    return [connection, batches()]
  }

  return {
    runs,
    resumes,
    stopped,
    get run() {
      return lastOf(runs)
    },
    get resumed() {
      return lastOf(resumes)
    },
    start(request, signal) {
      const [connection, batches] = connect(signal, 0)
      runs.push({ request, ...connection })
      return batches
    },
    ...(canResume && {
      resume(call: RunCursor, signal: AbortSignal) {
        const [connection, batches] = connect(signal, Number(call.after))
        resumes.push({ call, ...connection })
        return batches
      },
    }),
    async stop(run) {
      stopped.push(run)
      await Promise.resolve()
    },
  }
}

function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1)
  if (last === undefined) throw new Error('Nobody has asked.')
  return last
}

export function fault(error: FluoError): FluoFault {
  return new FluoFault(error)
}

/** Frames painted by hand. */
export interface HandFrames {
  readonly schedule: FrameScheduler
  readonly waiting: number
  paint(): void
}

export function handFrames(): HandFrames {
  const callbacks = new Set<() => void>()
  return {
    get waiting() {
      return callbacks.size
    },
    schedule(callback) {
      const once = (): void => callback()
      callbacks.add(once)
      return () => void callbacks.delete(once)
    },
    paint() {
      const due = [...callbacks]
      callbacks.clear()
      for (const callback of due) callback()
    },
  }
}

/** Resolves when everything that needs no timer has happened: a few turns of the event loop, with their microtasks. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    const { port1, port2 } = new MessageChannel()
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve()
      port2.postMessage(null)
    })
    port1.close()
  }
}

export const delta = (text: string): FluoEvent => ({ type: 'message_delta', text })
export const final = (text?: string): FluoEvent => ({
  type: 'message_final',
  ...(text !== undefined && { text }),
})
export const runStart = (threadRef?: string): FluoEvent => ({
  type: 'run_start',
  ...(threadRef !== undefined && { threadRef }),
})
