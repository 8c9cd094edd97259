'use client'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useThread } from '../use-thread.ts'

/** This close to the end counts as the end, in pixels: zoomed pages stop at fractions. */
const nearEnd = 8

export interface FollowEnd {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly isFollowing: boolean
}

/**
 * Keeps the end of a scrolling element in view while its children grow. Scrolling up lets go; reaching the end, or
 * sending a turn, takes hold again. Re-renders only when that changes.
 */
export function useFollowEnd(): FollowEnd {
  const ref = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const { store } = useThread()

  useEffect(() => {
    const element = ref.current
    if (element === null || typeof ResizeObserver === 'undefined') return
    let isHeld = true
    let lastTop = element.scrollTop

    function hold(next: boolean): void {
      isHeld = next
      setFollowing(next)
    }
    function toEnd(): void {
      if (!isHeld || element === null || store.getState().turns.length === 0) return
      element.scrollTop = element.scrollHeight
      lastTop = element.scrollTop
    }
    function onScroll(): void {
      if (element === null) return
      const { scrollTop, scrollHeight, clientHeight } = element
      const toEndLeft = scrollHeight - clientHeight - scrollTop
      // Growing content moves no scroll position and shrinking content leaves it at the very end: what moves up
      // otherwise is a person, however slowly.
      if (scrollTop < lastTop && toEndLeft > 1) hold(false)
      else if (toEndLeft <= nearEnd) hold(true)
      lastTop = scrollTop
    }

    const sizes = new ResizeObserver(toEnd)
    const observeChildren = (): void => {
      sizes.disconnect()
      sizes.observe(element)
      for (const child of element.children) sizes.observe(child)
    }
    const children = new MutationObserver(observeChildren)
    children.observe(element, { childList: true })
    observeChildren()
    element.addEventListener('scroll', onScroll, { passive: true })
    const unsubscribe = store.subscribe(({ turns }, before) => {
      if (turns.length <= before.turns.length) return
      hold(true)
      toEnd()
    })
    return () => {
      unsubscribe()
      element.removeEventListener('scroll', onScroll)
      children.disconnect()
      sizes.disconnect()
    }
  }, [store])

  return { ref, isFollowing }
}
