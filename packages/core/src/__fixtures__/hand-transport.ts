import type { FrameScheduler } from '../thread/frame-commit.ts'
import type { RunCursor, Transport } from '../transport/transport.ts'
import { FluoFault, type FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunRequest } from '../wire/run-request.ts'

type Batch = readonly { readonly cursor: string | null; readonly event: FluoEvent }[]

/** One run as the server sees it, driven by hand. Each call resolves once the client has taken in what it brought. */
export interface HandRun {
  readonly request: RunRequest
  readonly signal: AbortSignal
  /** Events that arrive in one network read; none for bytes that complete no event. */
  push(...events: readonly FluoEvent[]): Promise<void>
  end(): Promise<void>
  fail(thrown?: unknown): Promise<void>
}

export interface HandTransport extends Transport {
  readonly runs: readonly HandRun[]
  /** The run asked for last. */
  readonly run: HandRun
  readonly stopped: readonly RunCursor[]
}

/** A transport whose runs do nothing by themselves. `isDeaf`: its runs go on when they are aborted. */
export function handTransport({ isDeaf = false }: { readonly isDeaf?: boolean } = {}): HandTransport {
  const runs: HandRun[] = []
  const stopped: RunCursor[] = []
  return {
    runs,
    stopped,
    get run() {
      const run = runs.at(-1)
      if (run === undefined) throw new Error('No run was asked for.')
      return run
    },
    start(request, signal) {
      const waiting: (() => Batch | null)[] = []
      let wake: (() => void) | undefined
      const bring = (step: () => Batch | null): Promise<void> => {
        waiting.push(step)
        wake?.()
        return settled()
      }
      let cursor = 0
      runs.push({
        request,
        signal,
        push: (...events) =>
          bring(() => events.map((event) => ({ cursor: String((cursor += 1)), event }))),
        end: () => bring(() => null),
        fail: (thrown = fault({ code: 'network' })) =>
          bring(() => {
            throw thrown
          }),
      })
      if (!isDeaf) signal.addEventListener('abort', () => wake?.())
      return (async function* () {
        for (;;) {
          if (signal.aborted && !isDeaf) return
          const step = waiting.shift()
          if (step === undefined) await new Promise<void>((resolve) => (wake = resolve))
          else {
            const batch = step()
            if (batch === null) return
            yield batch
          }
        }
      })()
    },
    async stop(run) {
      stopped.push(run)
      await Promise.resolve()
    },
  }
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
