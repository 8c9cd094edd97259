import type { StoreApi } from 'zustand/vanilla'
import type { ThreadUploads } from '../uploads/uploads.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { RunEnd, ThreadState } from './thread-state.ts'
import type { WhenBusy } from './turns.ts'

/** A zustand store to read: works with zustand's own `useStore`. */
export type ReadableStore<T> = Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>

/**
 * What became of a send. `sent: true` comes when the thread is ready for the next turn, with the way the run ended;
 * `sent: false` says why nothing left the page, and but for `removed` the text is still the caller's. `canceled`: it was taken out of the
 * queue, or the thread began anew before it was asked. `removed`: its conversation was forgotten before it was asked, and so is the text. `another-tab`: another one is writing this thread. (`too-long` and `uploading` are names for what is to come;
 * nothing answers them yet.)
 */
export type SendResult =
  | { readonly sent: true; readonly runId: string; readonly end: RunEnd }
  | {
      readonly sent: false
      readonly reason:
        | 'empty'
        | 'too-long'
        | 'busy'
        | 'another-tab'
        | 'uploading'
        | 'disposed'
        | 'canceled'
        | 'removed'
    }

/** What can be done with a thread. None of these ever rejects or throws, and none needs `this`. */
export interface ThreadActions {
  /**
   * Sends a turn: one run, one call of the transport. While a run is open it is refused, or with `whenBusy: 'queue'`
   * asked when the turns before it were. Ends the wait for a rate limit.
   */
  readonly send: (input: string | TurnInput) => Promise<SendResult>
  /** Ends the open run, here and on the server; the text so far stays. Ends the wait for a rate limit as well. */
  readonly stop: () => Promise<void>
  /** Asks again for the last turn, as a new run in the same turn: Fluo sees the question twice. `empty` where there is none, or its answer is whole. */
  readonly retry: (options?: { readonly inNewThread?: boolean }) => Promise<SendResult>
  /**
   * Begins a new conversation under the same key. The old one goes on under a key of its own, in the client's list; what is being written
   * stays here.
   */
  readonly reset: () => void
  /** Takes the error away; the turn it belongs to keeps how it ended. What is queued behind it goes on. */
  readonly clearError: () => void
  /** Takes a turn out of the queue; its send resolves with `canceled`, and its text is the caller's again. */
  readonly cancelQueued: (id: string) => void
}

/** One conversation: its state in a store, and what can be done with it. */
export interface Thread extends ThreadActions {
  readonly agentId: string
  readonly threadKey: string
  /** What becomes of a send while a run is open. */
  readonly whenBusy: WhenBusy
  /** The relay's sealed handle, or with `fluoTransport` Fluo's raw ID; null until the first run shows one. */
  readonly threadRef: string | null
  /** Subscribing begins to restore what is remembered of the thread. */
  readonly store: ReadableStore<ThreadState>
  /**
   * What is being written: null until something has been. It outlives the page with the thread's record; a send leaves
   * it to whoever wrote it. Subscribing begins to restore it.
   */
  readonly draft: ReadableStore<TurnInput | null>
  /** Replaces the draft: shown at once, stored in the same tick while it is short. */
  readonly setDraft: (draft: TurnInput) => void
  /** The files that are on their way into the draft; null where the client was given no `uploads`. */
  readonly uploads: ThreadUploads | null
}
