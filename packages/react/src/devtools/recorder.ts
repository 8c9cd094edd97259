import type { FluoClient, FluoEvent, Run, Thread, ThreadState } from '@fluokit/core'
import type { RecordedRun } from './recorded-run.ts'
import { createReferences, type References } from './references.ts'
import { addRow, type WrittenRun } from './run-rows.ts'

/** How many runs are kept. */
const mostRuns = 50

/** What is collected of a client's runs while someone wants it. */
export interface Recorder {
  /** The newest first. The objects are written to while their runs are open: read `version` to know of news. */
  readonly runs: () => readonly RecordedRun[]
  /** Another number with each piece of news. */
  readonly version: () => number
  readonly references: References
  readonly subscribe: (listener: () => void) => () => void
  /** Forgets every run that is over, and the lines so far of those that are open. */
  readonly clear: () => void
  /** Watches no more. */
  readonly end: () => void
}

/** The run of a thread that is being written down, and what was seen of it last. */
interface Followed {
  readonly run: WrittenRun
  readonly from: number
  shown: Run
  status: ThreadState['status'] | null
  activity: ThreadState['activity'] | null
  events: number
}

/** Watches a client's runs from now on. */
export function createRecorder(client: FluoClient): Recorder {
  let runs: readonly WrittenRun[] = []
  let version = 0
  let counted = 0
  const numbers = new Map<Thread, number>()
  const followed = new Map<Thread, Followed>()
  const references = createReferences()
  const listeners = new Set<() => void>()

  function tell(): void {
    version += 1
    for (const listener of listeners) listener()
  }

  function follow(thread: Thread, run: Run, isWhole: boolean): Followed {
    if (!numbers.has(thread)) numbers.set(thread, numbers.size + 1)
    const written: WrittenRun = {
      number: (counted += 1),
      threadNumber: numbers.get(thread) ?? 0,
      runId: run.id,
      agentId: thread.agentId,
      threadKey: thread.threadKey,
      startedAt: Date.now(),
      rows: [],
      isOver: false,
      end: null,
      isWhole,
    }
    runs = [written, ...runs].slice(0, mostRuns)
    const from = performance.now()
    const now: Followed = {
      run: written,
      from,
      shown: run,
      status: null,
      activity: null,
      events: 0,
    }
    followed.set(thread, now)
    return now
  }

  function onEvent(event: FluoEvent, thread: Thread): void {
    const open = followed.get(thread) ?? followLate(thread)
    if (open === undefined) return
    const { event: bare, texts, reference } = readEvent(event, thread)
    addRow(open.run, { kind: 'event', at: since(open), event: bare, texts, count: 1, reference })
    open.events += 1
    tell()
  }

  /** A run that was open before anybody watched. */
  function followLate(thread: Thread): Followed | undefined {
    const run = thread.store.getState().turns.at(-1)?.runs.at(-1)
    return run === undefined ? undefined : follow(thread, run, false)
  }

  function readEvent(event: FluoEvent, thread: Thread) {
    references.note(thread.threadRef)
    const { text, threadRef, ...bare } = event as FluoEvent & {
      readonly text?: string
      readonly threadRef?: string
    }
    return {
      event: bare as FluoEvent,
      texts: text === undefined ? [] : [text],
      reference: references.note(threadRef ?? null),
    }
  }

  function onState(state: ThreadState, thread: Thread): void {
    references.note(thread.threadRef)
    const run = state.turns.at(-1)?.runs.at(-1)
    let open = followed.get(thread)
    if (open !== undefined && open.run.runId !== run?.id) {
      leave(thread, open, state)
      open = undefined
    }
    if (open === undefined && run !== undefined && run.end === null && state.activity !== 'idle') {
      open = follow(thread, run, state.activity === 'connecting')
    }
    if (open === undefined || run === undefined) return
    noteState(open, state)
    noteCommit(open, run)
    if (run.end !== null && state.activity !== 'waiting') {
      addRow(open.run, { kind: 'end', at: since(open), end: run.end, error: run.error })
      open.run.end = run.end
      open.run.isOver = true
      followed.delete(thread)
    }
    tell()
  }

  /** Another run stands in its place, or none. */
  function leave(thread: Thread, open: Followed, { turns }: ThreadState): void {
    const left = turns.flatMap((turn) => turn.runs).find(({ id }) => id === open.run.runId)
    open.run.end = left?.end ?? null
    open.run.isOver = true
    followed.delete(thread)
    tell()
  }

  function noteState(open: Followed, { status, activity }: ThreadState): void {
    if (status === open.status && activity === open.activity) return
    open.status = status
    open.activity = activity
    addRow(open.run, { kind: 'state', at: since(open), status, activity })
  }

  function noteCommit(open: Followed, run: Run): void {
    if (run.messages === open.shown.messages) return
    open.shown = run
    const parts = run.messages.flatMap((message) => message.parts)
    const chunks = parts.reduce((sum, part) => sum + ('chunks' in part ? part.chunks.length : 0), 0)
    addRow(open.run, {
      kind: 'commit',
      at: since(open),
      events: open.events,
      messages: run.messages.length,
      parts: parts.length,
      chunks,
    })
    open.events = 0
  }

  const endWatch = client.watch({ onEvent, onState })
  return {
    runs: () => runs,
    version: () => version,
    references,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear() {
      runs = runs.filter(({ isOver }) => !isOver)
      for (const run of runs) {
        run.rows = []
        run.isWhole = false
      }
      tell()
    },
    end() {
      endWatch()
      followed.clear()
      numbers.clear()
    },
  }
}

function since({ from }: Followed): number {
  return performance.now() - from
}
