'use client'
import { isBusy, type ThreadState } from '@fluokit/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useThread } from '../use-thread.ts'

/**
 * The state of the thread, while a run is open as it was when that began. Re-renders when a run begins or ends, and with what
 * changes in between, never with a delta.
 */
export function useTurnState(): ThreadState {
  const { store } = useThread()
  const select = useMemo(() => keepWhileBusy(store.getInitialState()), [store])
  return useStore(store, select)
}

function keepWhileBusy(first: ThreadState): (state: ThreadState) => ThreadState {
  let kept = first
  return (state) => {
    if (!isSameRun(kept, state)) kept = state
    return kept
  }
}

function isSameRun(before: ThreadState, now: ThreadState): boolean {
  return isBusy(before) && isBusy(now) && runIdOf(before) === runIdOf(now)
}

function runIdOf({ turns }: ThreadState): string | undefined {
  return turns.at(-1)?.runs.at(-1)?.id
}
