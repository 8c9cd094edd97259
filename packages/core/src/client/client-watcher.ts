import type { Thread } from '../thread/thread.ts'
import type { RunEnd, ThreadState } from '../thread/thread-state.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'

/** A run that was accepted: `ready` resolves with its end when the thread can take the next turn. Never rejects. */
export interface AcceptedRun {
  readonly thread: Thread
  readonly runId: string
  readonly ready: Promise<RunEnd>
}

/** Who watches all threads of a client. What a callback throws never reaches a run; none is called with `this`. */
export interface ClientWatcher {
  readonly onRun?: (run: AcceptedRun) => void
  /** An event of the thread's open run was read; the commit that shows it comes later. */
  readonly onEvent?: (event: FluoEvent, thread: Thread) => void
  /** A thread's state is another one: a commit, a run that begins or ends, what the connection does. Called before the store's own subscribers. */
  readonly onState?: (state: ThreadState, thread: Thread) => void
  /**
   * What was said in a thread is forgotten, here or by another tab: whoever keeps any of it forgets it as well. The thread's store
   * has its turns until this returns. Null: all of the user's.
   */
  readonly onForget?: (thread: Thread | null) => void
}
