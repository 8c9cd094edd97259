'use client'
import type { Turn } from '@fluokit/core'
import { useMemo } from 'react'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'

/**
 * The turns of the thread, for a list whose rows follow the newest turn by themselves. Re-renders when a turn is added,
 * never with a delta, and gives the same list until then.
 */
export function useListedTurns(): readonly Turn[] {
  const { store } = useThread()
  const count = useThreadState((state) => state.turns.length)
  // The turn before the newest stands for all settled ones: only a reset or a restored thread can change it.
  const settled = useThreadState((state) => state.turns.at(-2))
  // A turn sent in the task of a reset changes neither of the two.
  const newest = useThreadState((state) => state.turns.at(-1)?.id)
  return useMemo(
    () => store.getState().turns.slice(0, count),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another settled or newest turn means another list
    [store, count, settled, newest],
  )
}
