'use client'
import type { ReadableStore, Thread } from '@fluokit/core'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { threadFiles } from '../attachment/thread-files.ts'
import { waitForFiles } from './wait-for-files.ts'

export interface Wait {
  /** As it was rendered. */
  readonly isWaiting: boolean
  /** As it is now. */
  readonly isOn: () => boolean
  readonly begin: (onEnd: (hasFailed: boolean) => void) => void
  /** Ends the wait, and says whether there was one. */
  readonly cancel: () => boolean
}

/**
 * The wait of a turn for its files. It belongs to its thread, and ends when the composer goes away or shows another one: what
 * nobody sees is not sent. The files go on, and stand with the text in the thread's draft. Re-renders as it begins and ends.
 */
export function useWait(thread: Thread, isHeld: ReadableStore<boolean>): Wait {
  const [shown, setShown] = useState<Thread | null>(null)
  const stop = useRef<(() => void) | null>(null)
  const calls = useMemo(() => {
    function over(): boolean {
      const wasOn = stop.current !== null
      stop.current?.()
      stop.current = null
      if (wasOn) setShown(null)
      return wasOn
    }
    return {
      isOn: () => stop.current !== null,
      begin(onEnd: (hasFailed: boolean) => void) {
        setShown(thread)
        stop.current = waitForFiles(threadFiles(thread), isHeld, (hasFailed) => {
          over()
          onEnd(hasFailed)
        })
      },
      cancel: over,
    }
  }, [thread, isHeld])
  useLayoutEffect(() => () => void calls.cancel(), [calls])
  const isWaiting = shown === thread
  return useMemo(() => ({ isWaiting, ...calls }), [isWaiting, calls])
}
