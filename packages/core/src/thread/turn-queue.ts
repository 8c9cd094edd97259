import type { StoreApi } from 'zustand/vanilla'
import type { TurnInput } from '../wire/run-request.ts'
import { newId } from './new-id.ts'
import type { SendResult } from './thread.ts'
import type { ThreadState, Turn } from './thread-state.ts'
import { isBusy, maxQueued } from './turns.ts'

type NotSent = Extract<SendResult, { readonly sent: false }>['reason']

/** The turns that wait for the run before them, in `ThreadState.queued`, and the sends that wait for them. */
export interface TurnQueue {
  /** Whether a turn that is sent now would overtake another. */
  isNeeded(): boolean
  /** Puts a turn at the end, and has the first one asked if nothing is open; refused as `busy` when the queue is full. */
  add(input: TurnInput): Promise<SendResult>
  /** Asks the first one, if there is one and nothing is open. */
  startNext(): void
  /** Takes a turn out: nothing of it leaves the page. */
  cancel(id: string, reason: NotSent): void
  cancelAll(reason: NotSent): void
}

export interface TurnQueueSetup {
  readonly store: Pick<StoreApi<ThreadState>, 'getState' | 'setState'>
  /** Lets go of whatever the thread still holds of the run before. */
  readonly leave: () => void
  readonly ask: (turn: Turn) => Promise<SendResult>
}

/** A queue with nothing in it. */
export function createTurnQueue({ store, leave, ask }: TurnQueueSetup): TurnQueue {
  const { getState, setState } = store
  const sends = new Map<string, (result: SendResult) => void>()

  function take(id: string): ((result: SendResult) => void) | undefined {
    const { queued } = getState()
    const settle = sends.get(id)
    sends.delete(id)
    if (queued.some((turn) => turn.id === id)) {
      setState({ queued: queued.filter((turn) => turn.id !== id) })
    }
    return settle
  }

  function cancel(id: string, reason: NotSent): void {
    take(id)?.({ sent: false, reason })
  }

  function startNext(): void {
    if (getState().queued.length === 0) return
    leave()
    const next = getState().queued[0] // a callback of what was left may have taken turns out, or begun one
    if (next === undefined || isBusy(getState())) return
    const settle = take(next.id)
    void ask({ id: next.id, input: next.input, sentAt: Date.now(), runs: [] }).then(settle)
  }

  return {
    isNeeded: () => isBusy(getState()) || getState().queued.length > 0,
    add(input) {
      const { queued } = getState()
      if (queued.length >= maxQueued) return Promise.resolve({ sent: false, reason: 'busy' })
      const turn = { id: newId(), input, queuedAt: Date.now() }
      return new Promise((resolve) => {
        sends.set(turn.id, resolve)
        setState({ queued: [...queued, turn] })
        if (!isBusy(getState())) startNext()
      })
    },
    startNext,
    cancel,
    cancelAll(reason) {
      // The last one first: whoever puts each text back before the one after has them in order.
      for (const { id } of getState().queued.toReversed()) cancel(id, reason)
    },
  }
}
