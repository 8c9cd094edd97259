'use client'
import { use, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { keepFocus, type KeptFocus } from './keep-focus.ts'
import { RootContext } from './root-context.ts'

/**
 * Keeps the focus on the page when a reset, another thread or the first turn takes away what has it in the log.
 * Re-renders when the first turn is another one, and looks only then.
 */
export function useKeepFocus(logRef: RefObject<HTMLElement | null>): void {
  const inputRef = use(RootContext)?.inputRef
  const { store } = useThread()
  const firstTurn = useThreadState(({ turns }) => turns[0]?.id)
  const keptRef = useRef<KeptFocus>(null)
  useEffect(() => {
    if (logRef.current === null) return
    const kept = keepFocus(logRef.current, store)
    keptRef.current = kept
    return () => kept.stop()
  }, [logRef, store])
  useLayoutEffect(
    () => keptRef.current?.restore(inputRef?.current ?? null),
    [firstTurn, store, inputRef],
  )
}
