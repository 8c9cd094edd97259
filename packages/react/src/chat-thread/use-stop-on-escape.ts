'use client'
import { isBusy } from '@fluokit/core'
import { useCallback, type KeyboardEvent } from 'react'
import { useThread } from '../use-thread.ts'

/**
 * A key handler that lets Escape end the open run, unless `first` has made use of the key. Where none is open, or somebody has taken the key, or an input
 * method needs it, or it was pressed in something that it closes itself, it is left alone. Never re-renders.
 */
export function useStopOnEscape(first?: () => boolean): (event: KeyboardEvent) => void {
  const thread = useThread()
  return useCallback(
    (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isOfInputMethod(event)) return
      if (isOfLayer(event)) return
      const isUsed = first?.() === true
      if (!isUsed && !isBusy(thread.store.getState())) return
      event.preventDefault()
      event.stopPropagation()
      if (!isUsed) void thread.stop()
    },
    [thread, first],
  )
}

/** What Escape closes by itself. */
const layers =
  'dialog, [popover], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

/** Whether a key was pressed in a layer inside the part, or in a portal: React tells both to the part as well. */
function isOfLayer({ target, currentTarget }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return true
  const layer = target.closest(layers)
  return layer !== null && layer !== currentTarget && currentTarget.contains(layer)
}

/** Whether an input method takes this key: some browsers say so only with the key code 229. */
export function isOfInputMethod({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}
