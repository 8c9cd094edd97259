import type { FluoClient, FluoEvent, Run, Thread, ThreadState } from '@fluokit/core'
import { followRun, type FollowedRun } from './followed-run.ts'
import type { RecordedRun } from './recorded-run.ts'
import { createReferences, type References } from './references.ts'
import type { WrittenRun } from './run-rows.ts'

/** How many runs are kept. */
const mostRuns = 50

/** What is collected of a client's runs while someone wants it. */
export interface Recorder {
  /** The newest first. The objects are written to while their runs are open: subscribe to know of news. */
  readonly runs: () => readonly RecordedRun[]
  readonly references: References
  readonly subscribe: (listener: () => void) => () => void
  /** Forgets every run that is over, and the lines so far of those that are open. */
  readonly clear: () => void
  /** Watches no more. */
  readonly end: () => void
}

/** Watches a client's runs from now on. What the client forgets is not kept. */
export function createRecorder(client: FluoClient): Recorder {
  let runs: readonly WrittenRun[] = []
  let counted = 0
  let threads = 0
  const numbers = new WeakMap<Thread, number>()
  const followed = new Map<Thread, FollowedRun>()
  const references = createReferences()
  const listeners = new Set<() => void>()

  function tell(): void {
    for (const listener of listeners) listener()
  }

  function follow(thread: Thread, run: Run, isWhole: boolean): FollowedRun {
    if (!numbers.has(thread)) numbers.set(thread, (threads += 1))
    const threadNumber = numbers.get(thread) ?? 0
    counted += 1
    const begun = followRun({ number: counted, threadNumber, isWhole, thread, run, references })
    runs = [begun.run, ...runs].slice(0, mostRuns)
    followed.set(thread, begun)
    return begun
  }

  /** A run that was open before anybody watched. */
  function followLate(thread: Thread): FollowedRun | undefined {
    const run = thread.store.getState().turns.at(-1)?.runs.at(-1)
    return run === undefined ? undefined : follow(thread, run, false)
  }

  /** Another run stands in its place, or none. */
  function leave(thread: Thread, { run }: FollowedRun, { turns }: ThreadState): void {
    const left = turns.flatMap((turn) => turn.runs).find(({ id }) => id === run.runId)
    run.end = left?.end ?? null
    run.isOver = true
    followed.delete(thread)
  }

  /** What the client forgets is not kept here; null is all of it. */
  function forget(thread: Thread | null): void {
    if (thread === null) {
      runs = []
      followed.clear()
      return
    }
    const { turns } = thread.store.getState()
    const said = new Set(turns.flatMap((turn) => turn.runs.map(({ id }) => id)))
    const open = followed.get(thread)?.run
    runs = runs.filter((run) => run !== open && !said.has(run.runId))
    followed.delete(thread)
  }

  const endWatch = client.watch({
    onEvent(event: FluoEvent, thread: Thread) {
      references.note(thread.threadRef)
      const open = followed.get(thread) ?? followLate(thread)
      open?.noteEvent(event)
      tell()
    },
    onState(state: ThreadState, thread: Thread) {
      references.note(thread.threadRef)
      const run = state.turns.at(-1)?.runs.at(-1)
      const known = followed.get(thread)
      if (known !== undefined && known.run.runId !== run?.id) leave(thread, known, state)
      const isOpen = run?.end === null && state.activity !== 'idle'
      if (run !== undefined && isOpen && !followed.has(thread)) {
        follow(thread, run, state.activity === 'connecting')
      }
      const open = followed.get(thread)
      if (run !== undefined) open?.noteState(state, run)
      if (open?.run.isOver === true) followed.delete(thread)
      tell()
    },
    onForget(thread: Thread | null) {
      forget(thread)
      tell()
    },
  })

  return {
    runs: () => runs,
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
    },
  }
}
