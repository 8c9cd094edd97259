'use client'
import { useCallback, useSyncExternalStore } from 'react'

/**
 * How long something has been going on since a moment, in milliseconds: whole seconds while it does, to the
 * millisecond once it has ended; null where no page saw it begin. Re-renders once a second while it goes on.
 */
export function useElapsed(
  startedAt: number | undefined,
  endedAt: number | undefined,
  isGoingOn: boolean,
): number | null {
  const isCounted = isGoingOn && startedAt !== undefined
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!isCounted) return () => undefined
      const timer = setInterval(onChange, 1000)
      return () => clearInterval(timer)
    },
    [isCounted],
  )
  const read = (): number | null => {
    if (startedAt === undefined) return null
    if (endedAt !== undefined) return endedAt - startedAt
    return isGoingOn ? Math.max(0, Math.floor((Date.now() - startedAt) / 1000)) * 1000 : null
  }
  return useSyncExternalStore(subscribe, read, () => (endedAt === undefined ? null : read()))
}
