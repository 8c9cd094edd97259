import {
  FluoFault,
  type FluoError,
  type FluoEvent,
  type EventBatches,
  type RunCursor,
  type RunRequest,
  type Transport,
} from '@fluokit/core'
import { act } from '@testing-library/react'

/** A run that a test answers by hand. Each call returns once everything that it causes has been shown. */
export interface HandDrivenRun {
  readonly request: RunRequest
  readonly signal: AbortSignal
  /** One network read with these events. */
  emit(...events: readonly FluoEvent[]): Promise<void>
  end(): Promise<void>
  fail(error: FluoError): Promise<void>
}

/** A transport whose runs say nothing until the test does; `runs` holds every start, and every resume where it can. */
export function handDriven({ canResume = false }: { readonly canResume?: boolean } = {}): {
  readonly transport: Transport
  readonly runs: readonly HandDrivenRun[]
  readonly newest: () => HandDrivenRun
} {
  const runs: HandDrivenRun[] = []
  async function* connect(request: RunRequest, signal: AbortSignal): EventBatches {
    const reads: (readonly FluoEvent[] | FluoError | null)[] = []
    let wake = (): void => undefined
    const tell = (read: readonly FluoEvent[] | FluoError | null): Promise<void> =>
      act(async () => {
        reads.push(read)
        wake()
        await new Promise((resolve) => setTimeout(resolve))
      })
    signal.addEventListener('abort', () => wake())
    runs.push({
      request,
      signal,
      emit: (...events) => tell(events),
      end: () => tell(null),
      fail: (error) => tell(error),
    })
    while (!signal.aborted) {
      const read = reads.shift()
      if (read === undefined) await new Promise<void>((resolve) => (wake = resolve))
      else if (read === null) return
      else if ('code' in read) throw new FluoFault(read)
      else yield read.map((event) => ({ cursor: null, event }))
    }
  }
  const transport: Transport = {
    start: connect,
    ...(canResume && {
      resume: (call: RunCursor, signal: AbortSignal) =>
        connect({ ...call, threadRef: null, input: { query: '' } }, signal),
    }),
  }
  return {
    transport,
    runs,
    newest() {
      const run = runs.at(-1)
      if (run === undefined) throw new Error('No run was started.')
      return run
    },
  }
}

/** A delta of the answer. */
export function delta(text: string): FluoEvent {
  return { type: 'message_delta', text }
}

/** The whole text of the answer. */
export function final(text: string): FluoEvent {
  return { type: 'message_final', text }
}
