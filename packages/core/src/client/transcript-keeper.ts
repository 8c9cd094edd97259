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
 * order in which they were asked for, behind those that another keeper was asked for before: whatever the store throws is dropped.
 */
export function keepTranscript(
  store: TranscriptStore,
  prefix: string,
  idle: Promise<unknown> = Promise.resolve(),
): TranscriptKeeper {
  let queue = idle
  let isForgotten = false
  let isWriting = false
  let run: { readonly recordId: string; readonly runId: string } | null = null
  let waiting: FluoEvent[] = []
  /** The cursors of the newest event that was collected, and of the last one before those that wait. */
  let cursor: string | null = null
  let after: string | null = null
  let isReplay = false
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
    const span = takeSpan()
    waiting = []
    isWriting = true
    void enqueue(() => store.append(prefix + recordId, runId, events, ...span)).then(() => {
      isWriting = false
      if (waiting.length > 0 && timer === undefined) flush()
    })
  }

  /** From where to where the events go that wait. Without cursors nobody knows. */
  function takeSpan(): Span {
    const from = after
    after = cursor
    return cursor === null ? [] : [cursor, from]
  }

  function begin(recordId: string, runId: string, at: string | null = null): void {
    flush()
    run = { recordId, runId }
    cursor = at
    after = at
    isReplay = false
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
    span: Span,
  ): Promise<true> {
    try {
      await store.put(prefix + recordId, turn)
      return true
    } catch (thrown) {
      if (runId !== undefined && events.length > 0 && !isForgotten) {
        await store.append(prefix + recordId, runId, events, ...span)
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
      const span: Span = ended === undefined ? [] : takeSpan()
      if (ended !== undefined) dropWaiting()
      const kept = withoutDetail(turn)
      return (await enqueue(() => putOrAppend(recordId, kept, ended?.id, events, span))) === true
    },
    collect(recordId, runId, event, at) {
      const kept = withoutReference(event)
      if (isForgotten || kept === null) return
      if (run?.runId !== runId || run.recordId !== recordId) begin(recordId, runId)
      if (isReplay) add({ type: 'run_start' })
      isReplay = false
      cursor = at
      add(kept)
    },
    resume(recordId, runId, at) {
      begin(recordId, runId, at)
      isReplay = at === null
    },
    drop: dropWaiting,
    flush,
    remove(recordId) {
      if (run?.recordId === recordId) dropWaiting()
      if (!isForgotten) void enqueue(() => store.remove(prefix + recordId))
    },
    idle: () => queue,
    async forget() {
      isForgotten = true
      dropWaiting()
      await within(longestForget, queue)
    },
  }
}

/** From where to where a run's events go: the cursor of the last one, and the one before the first. */
type Span = readonly [cursor?: string, after?: string | null]

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
