'use client'
import { useContext, useEffect, useState, type RefObject } from 'react'
import { useStore } from 'zustand'
import { useThread } from '../use-thread.ts'
import { followEnd } from './follow-end.ts'
import { createThreadRoot, RootContext } from './root-context.ts'

export interface FollowEnd {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly isFollowing: boolean
}

/**
 * Keeps the end of a scrolling element in view while its children grow. Scrolling up or selecting lets go; reaching the
 * end, ScrollToEnd or sending a turn takes hold again. Re-renders only when that changes.
 */
export function useFollowEnd(): FollowEnd {
  const [own] = useState(createThreadRoot)
  const { scroll, logRef: ref } = useContext(RootContext) ?? own
  const { store } = useThread()
  useEffect(() => {
    const element = ref.current
    if (element === null || typeof ResizeObserver === 'undefined') return
    const { toEnd, stop } = followEnd(element, store, (state) => scroll.setState(state))
    scroll.setState({ toEnd })
    return () => {
      stop()
      scroll.setState(scroll.getInitialState())
    }
  }, [ref, scroll, store])
  const isFollowing = useStore(scroll, (state) => state.isFollowing)
  return { ref, isFollowing }
}
