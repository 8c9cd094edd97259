'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { secondsUntil } from './seconds-until.ts'

/** A server's clock is not the page's: both first renders count nothing. */
const nothingYet = (): number => 0

/** Whole seconds until a moment (milliseconds since the epoch), 0 from then on. Re-renders once a second while it counts. */
export function useSecondsUntil(moment: number | null): number {
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (secondsUntil(moment) === 0) return () => undefined
      const timer = setInterval(() => {
        if (secondsUntil(moment) === 0) clearInterval(timer)
        onChange()
      }, 1000)
      return () => clearInterval(timer)
    },
    [moment],
  )
  const read = (): number => secondsUntil(moment)
  return useSyncExternalStore(subscribe, read, nothingYet)
}
