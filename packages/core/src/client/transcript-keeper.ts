import { noTranscript, type Transcript, type TranscriptStore } from '../memory/transcript-store.ts'
import { joinDeltas } from '../thread/join-deltas.ts'
import type { TranscriptKeeper } from '../thread/thread-ports.ts'
import type { Run, Turn } from '../thread/thread-state.ts'
import { warn } from '../thread/warn.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { watchPage } from './watch-page.ts'
import { within } from '../thread/within.ts'

/** At most this much of an answer is in no journal yet, beside what one write takes, in milliseconds. */
const interval = 250

/** A store that does not answer is waited for no longer than this, in milliseconds. */
const longestForget = 1000

/**
 * Keeps the messages of one thread in a store, under record IDs that begin with `prefix`. One call at a time, in the
 * order in which they were asked for; whatever the store throws is dropped.
 */
export function keepTranscript(store: TranscriptStore, prefix: string): TranscriptKeeper {
  let queue: Promise<unknown> = Promise.resolve()
  let isForgotten = false
  let isWriting = false
  let run: { readonly recordId: string; readonly runId: string } | null = null
  let waiting: FluoEvent[] = []
  let cursor: string | null = null
  /** Events of the run were not written: no cursor is true of its journal any more. */
  let isTorn = false
  let since = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let unwatchPage: (() => void) | undefined

  function enqueue<T>(call: () => Promise<T>): Promise<T | undefined> {
    const result = queue.then(async () => {
      try {
        return await call()
      } catch {
        warn('a transcript could not be read or written. The conversation goes on without it.')
        return undefined
      }
    })
    queue = result
    return result
  }

  function flush(): void {
    stopWaiting()
    if (run === null || waiting.length === 0 || isWriting) return
    const { recordId, runId } = run
    const events = waiting
    const at = lastCursor()
    const writtenRun = run
    waiting = []
    isWriting = true
    void enqueue(async () => {
      await store.append(prefix + recordId, runId, events, at)
      return true
    }).then((isWritten) => {
      isWriting = false
      if (isWritten !== true && run === writtenRun) isTorn = true
      if (waiting.length > 0 && timer === undefined) flush()
    })
  }

  function lastCursor(): string | undefined {
    return isTorn ? undefined : (cursor ?? undefined)
  }

  function begin(recordId: string, runId: string): void {
    if (run?.runId === runId && run.recordId === recordId) return
    flush()
    run = { recordId, runId }
    isTorn = false
  }

  function add(event: FluoEvent): void {
    const now = performance.now()
    if (waiting.length === 0) since = now
    joinDeltas(waiting, event)
    timer ??= setTimeout(flush, interval)
    unwatchPage ??= watchPage(() => {
      flush()
      return () => undefined
    })
    if (now - since > interval) flush() // the timers of a hidden page are late
  }

  /** Where the turn cannot be written, the rest of its journal may still be: it is smaller. */
  async function putOrAppend(
    recordId: string,
    turn: Turn,
    runId: string | undefined,
    events: readonly FluoEvent[],
  ): Promise<true> {
    try {
      await store.put(prefix + recordId, turn)
      return true
    } catch (thrown) {
      if (runId !== undefined && events.length > 0 && !isForgotten) {
        await store.append(prefix + recordId, runId, events, lastCursor())
      }
      throw thrown
    }
  }

  function stopWaiting(): void {
    clearTimeout(timer)
    timer = undefined
    unwatchPage?.()
    unwatchPage = undefined
  }

  function dropWaiting(): void {
    stopWaiting()
    waiting = []
  }

  return {
    async load(recordId) {
      const loaded = await enqueue(() => store.load(prefix + recordId))
      return isTranscript(loaded) ? loaded : noTranscript
    },
    async put(recordId, turn) {
      if (isForgotten) return false
      const ended = turn.runs.find(({ id }) => id === run?.runId)
      const events = ended === undefined ? [] : waiting
      if (ended !== undefined) dropWaiting()
      const kept = withoutDetail(turn)
      return (await enqueue(() => putOrAppend(recordId, kept, ended?.id, events))) === true
    },
    collect(recordId, runId, event, at) {
      const kept = withoutReference(event)
      if (isForgotten || kept === null) return
      begin(recordId, runId)
      cursor = at
      add(kept)
    },
    restart(recordId, runId) {
      if (isForgotten) return
      begin(recordId, runId)
      isTorn = false
      cursor = null
      add({ type: 'run_start' })
    },
    drop: dropWaiting,
    flush,
    remove(recordId) {
      if (run?.recordId === recordId) dropWaiting()
      if (!isForgotten) void enqueue(() => store.remove(prefix + recordId))
    },
    async forget() {
      isForgotten = true
      dropWaiting()
      await within(longestForget, queue)
    },
  }
}

/** A store of an application's own may bring back anything. */
function isTranscript(value: Transcript | undefined): value is Transcript {
  return Array.isArray(value?.turns) && Array.isArray(value.journals)
}

/** What of an event is kept: nothing that the fold does not need, and no thread reference. */
function withoutReference(event: FluoEvent): FluoEvent | null {
  if (event.type === 'run_start' || event.type === 'error') return null
  if (!('threadRef' in event)) return event
  const { threadRef: _threadRef, ...kept } = event
  return kept
}

/** The server's own words about an error are not stored. */
function withoutDetail(turn: Turn): Turn {
  return { ...turn, runs: turn.runs.map(runWithoutDetail) }
}

function runWithoutDetail(run: Run): Run {
  if (run.error?.detail === undefined) return run
  const { detail: _detail, ...error } = run.error
  return { ...run, error }
}
