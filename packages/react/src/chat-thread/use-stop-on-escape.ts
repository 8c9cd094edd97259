'use client'
import { isBusy } from '@fluokit/core'
import { useCallback, type KeyboardEvent } from 'react'
import { useThread } from '../use-thread.ts'

/**
 * A key handler that lets Escape end the open run. Where none is open, or somebody has taken the key, or an input
 * method needs it, it is left alone: a dialog around closes then. Never re-renders.
 */
export function useStopOnEscape(): (event: KeyboardEvent) => void {
  const thread = useThread()
  return useCallback(
    (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isOfInputMethod(event)) return
      if (!isBusy(thread.store.getState())) return
      event.preventDefault()
      event.stopPropagation()
      void thread.stop()
    },
    [thread],
  )
}

/** Whether an input method takes this key: some browsers say so only with the key code 229. */
export function isOfInputMethod({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}
