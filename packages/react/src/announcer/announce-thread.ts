import type { ReadableStore, Run, ThreadState, Turn } from '@fluokit/core'
import { announceRun, type AnnouncedRun, type AnnounceOptions } from './announce-run.ts'
import type { Announcer } from './create-announcer.ts'

/** An answer that takes longer than this is announced as being on its way, in milliseconds. */
const patience = 1000

/**
 * Says what becomes of a thread's runs: of those asked from now on, and of one that is open now. What is over
 * already is history. A delta costs a look at the newest run. Returns the end of it, after which nothing waits.
 */
export function announceThread(
  store: ReadableStore<ThreadState>,
  announcer: Announcer,
  options: () => AnnounceOptions,
): () => void {
  let state = store.getState()
  let current = findNewest()

  const unsubscribe = store.subscribe(() => {
    // Not what the news brings: a listener before this one may have caused the next state already.
    const before = state
    state = store.getState()
    const run = newestRun(state)
    if (current !== null && current.id !== run?.id) {
      const ended = isBusy(before) ? findRun(state.turns, current.id) : undefined
      if (ended !== undefined) current.conclude(ended)
      current.leave()
      current = null
    }
    if (run === undefined) {
      if (before.turns.length > 0) announcer.clear()
      return
    }
    if (isBusy(state)) {
      current ??= run.messages.length === 0 ? follow(run, false, patience) : followOpen(run)
      current.progress(run)
    } else if (isBusy(before)) current?.conclude(run)
  })

  /** The newest run as the listening begins: asked for by an earlier mount, or by a child of the same one. */
  function findNewest(): AnnouncedRun | null {
    const run = newestRun(state)
    if (run === undefined) return null
    return isBusy(state) ? followOpen(run) : follow(run, true)
  }

  /** A run that was open before, here or on an earlier page, begins with what is on the page already. */
  function followOpen(run: Run): AnnouncedRun {
    const isHeard = options().announce === 'sentences' && run.messages.length > 0
    const left = (state.turns.at(-1)?.sentAt ?? 0) + patience - Date.now()
    return follow(run, isHeard, left > 0 ? left : null)
  }

  /** Of a run that is over or quiet, what it answered is known: only what it should still add is news. */
  function follow(run: Run, isKnown: boolean, answeringIn: number | null = null): AnnouncedRun {
    return announceRun({ run, isKnown, answeringIn, announcer, options })
  }

  return () => {
    unsubscribe()
    current?.leave()
    announcer.clear()
  }
}

function isBusy({ status }: ThreadState): boolean {
  return status === 'submitted' || status === 'streaming'
}

function newestRun({ turns }: ThreadState): Run | undefined {
  return turns.at(-1)?.runs.at(-1)
}

/** A run of the last two turns: one that another was sent right after. */
function findRun(turns: readonly Turn[], id: string): Run | undefined {
  for (const turn of turns.slice(-2)) {
    const run = turn.runs.find((other) => other.id === id)
    if (run !== undefined) return run
  }
  return undefined
}
