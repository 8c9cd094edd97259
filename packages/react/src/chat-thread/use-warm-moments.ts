'use client'
import { useEffect } from 'react'
import { formatMoment } from '../format-moment.ts'
import { useLabels } from '../use-labels.ts'

/** While a page opens it is not idle for long, in milliseconds. */
const afterOpening = 200

/**
 * Has the browser look up how moments are written while it is idle, where our own words tell them: the first one takes longer
 * than all else of a turn's first frame, and would stand between a person's Enter and their turn. Never re-renders.
 */
export function useWarmMoments(): void {
  const isOurs = useLabels().moment === formatMoment
  useEffect(() => {
    if (!isOurs || typeof requestIdleCallback !== 'function') return
    let idle = 0
    const timer = setTimeout(() => {
      idle = requestIdleCallback(() => formatMoment(Date.now()))
    }, afterOpening)
    return () => {
      clearTimeout(timer)
      cancelIdleCallback(idle)
    }
  }, [isOurs])
}
