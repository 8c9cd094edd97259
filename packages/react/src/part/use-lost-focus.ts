'use client'
import { useCallback, useLayoutEffect, useRef, type FocusEvent } from 'react'

export interface FocusHandlers {
  readonly onFocus: (event: FocusEvent) => void
  readonly onBlur: () => void
}

/**
 * Handlers that remember what has the focus inside a part. When that goes away with a render of who calls this, and the focus
 * with it, `take` is called to put it somewhere that stays.
 */
export function useLostFocus(take: (lost: Element) => void): FocusHandlers {
  const focused = useRef<Element | null>(null)
  useLayoutEffect(() => {
    const element = focused.current
    if (element === null || element.isConnected) return
    focused.current = null
    const { activeElement, body } = element.ownerDocument
    if (activeElement === null || activeElement === body) take(element)
  })
  return {
    onFocus: useCallback(({ target }) => {
      focused.current = target
    }, []),
    onBlur: useCallback(() => {
      focused.current = null
    }, []),
  }
}
