'use client'
import { useContext, useEffect, useRef, useState, type RefObject } from 'react'
import { useStore } from 'zustand'
import { useThread } from '../use-thread.ts'
import { followEnd } from './follow-end.ts'
import { createThreadRoot, RootContext } from './root-context.ts'

export interface FollowEnd {
  readonly ref: RefObject<HTMLDivElement | null>
  /** For the element below the messages that makes room for an answer, where there is one. */
  readonly spaceRef: RefObject<HTMLDivElement | null>
  readonly isFollowing: boolean
  /** Lets the end go, for a person who has begun to read. */
  readonly letGo: () => void
}

/**
 * Keeps the end of a scrolling element in view while its children grow. Scrolling up, selecting or reaching something
 * inside with a keyboard lets go; reaching the end, ScrollToEnd or sending a turn takes hold again. Where the space is
 * rendered, a sent turn's question goes to the top instead. Re-renders only when `isFollowing` changes.
 */
export function useFollowEnd(hasSpace: boolean): FollowEnd {
  const [own] = useState(createThreadRoot)
  const { scroll, logRef: ref } = useContext(RootContext) ?? own
  const spaceRef = useRef<HTMLDivElement>(null)
  const { store } = useThread()
  useEffect(() => {
    const element = ref.current
    if (element === null || typeof ResizeObserver === 'undefined') return
    const space = hasSpace ? spaceRef.current : null
    const followed = followEnd(element, space, store, (state) => scroll.setState(state))
    scroll.setState({ toEnd: followed.toEnd, letGo: followed.letGo })
    return () => {
      followed.stop()
      scroll.setState(scroll.getInitialState())
    }
  }, [ref, scroll, store, hasSpace])
  const isFollowing = useStore(scroll, (state) => state.isFollowing)
  return { ref, spaceRef, isFollowing, letGo: () => scroll.getState().letGo() }
}
