import type { FluoEvent, Run, Thread, ThreadState } from '@fluokit/core'
import type { References } from './references.ts'
import { addRow, type WrittenRun } from './run-rows.ts'

/** A run that is being written down. */
export interface FollowedRun {
  readonly run: WrittenRun
  readonly noteEvent: (event: FluoEvent) => void
  /** Writes down what is new in a state of the thread, and the end of the run where it has come. */
  readonly noteState: (state: ThreadState, run: Run) => void
}

/** Which run it is of which thread, and whether it began before anybody's eyes. */
export interface FollowedRunSetup extends Pick<WrittenRun, 'number' | 'threadNumber' | 'isWhole'> {
  readonly thread: Thread
  readonly run: Run
  readonly references: References
}

/** Begins to write down a run. Its time counts from now. */
export function followRun(setup: FollowedRunSetup): FollowedRun {
  const { number, threadNumber, isWhole, thread, references } = setup
  const from = performance.now()
  const written: WrittenRun = {
    number,
    threadNumber,
    runId: setup.run.id,
    agentId: thread.agentId,
    threadKey: thread.threadKey,
    startedAt: Date.now(),
    rows: [],
    isOver: false,
    end: null,
    isWhole,
  }
  let { messages: shown } = setup.run
  let told: Pick<ThreadState, 'status' | 'activity'> | null = null
  let events = 0
  const now = (): number => performance.now() - from

  function noteCommit({ messages }: Run): void {
    if (messages === shown) return
    shown = messages
    const parts = messages.flatMap((message) => message.parts)
    const chunks = parts.reduce((sum, part) => sum + ('chunks' in part ? part.chunks.length : 0), 0)
    addRow(written, {
      kind: 'commit',
      at: now(),
      events,
      messages: messages.length,
      parts: parts.length,
      chunks,
    })
    events = 0
  }

  return {
    run: written,
    noteEvent(event) {
      const { text, threadRef, ...bare } = event as FluoEvent & EventWords
      addRow(written, {
        kind: 'event',
        at: now(),
        event: bare as FluoEvent,
        texts: text === undefined ? [] : [text],
        count: 1,
        length: text?.length ?? 0,
        reference: references.note(threadRef ?? null),
      })
      events += 1
    },
    noteState({ status, activity }, run) {
      if (status !== told?.status || activity !== told.activity) {
        told = { status, activity }
        addRow(written, { kind: 'state', at: now(), status, activity })
      }
      noteCommit(run)
      if (run.end === null || activity === 'waiting') return
      addRow(written, { kind: 'end', at: now(), end: run.end, error: run.error })
      written.end = run.end
      written.isOver = true
    },
  }
}

interface EventWords {
  readonly text?: string
  readonly threadRef?: string
}
