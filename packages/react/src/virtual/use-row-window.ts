'use client'
import type { ReadableStore, ThreadState } from '@fluokit/core'
import {
  use,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { RootContext, type LogScroll } from '../chat-thread/root-context.ts'
import { useIsHydrated } from '../part/use-is-hydrated.ts'
import { createRowWindow, type RowWindow } from './create-row-window.ts'

interface Made {
  readonly store: ReadableStore<ThreadState>
  readonly scroll: StoreApi<LogScroll> | undefined
  readonly rows: RowWindow
}

/** The rows of one thread's log, and the `ref` of the element that they stand in. Re-renders when others should be rendered. */
export function useRowWindow(store: ReadableStore<ThreadState>): {
  readonly rows: RowWindow
  readonly listRef: RefObject<HTMLDivElement | null>
} {
  const scroll = use(RootContext)?.scroll
  const listRef = useRef<HTMLDivElement>(null)
  const isHydrated = useIsHydrated()
  const make = (): Made => ({ store, scroll, rows: createRowWindow(scroll, isHydrated) })
  const [made, setMade] = useState(make)
  let current = made
  if (made.store !== store || made.scroll !== scroll) {
    current = make()
    setMade(current)
  }
  const { rows } = current
  const [, rerender] = useReducer((count: number) => count + 1, 0)
  useSyncExternalStore(rows.subscribe, rows.getVersion, () => 0)
  useLayoutEffect(() => rows.settle())
  useLayoutEffect(() => {
    if (listRef.current === null) return
    const disconnect = rows.connect(listRef.current)
    rerender() // an update of the store would wait for the first paint here
    return disconnect
  }, [rows])
  return { rows, listRef }
}
