'use client'
import { useEffect, useState } from 'react'

/** Whole seconds until a moment (milliseconds since the epoch), 0 from then on. Re-renders once a second while it counts. */
export function useSecondsUntil(moment: number | null): number {
  const [now, setNow] = useState(() => Date.now())
  const seconds = moment === null ? 0 : Math.max(0, Math.ceil((moment - now) / 1000))
  const isCounting = seconds > 0
  useEffect(() => {
    if (!isCounting) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isCounting])
  return seconds
}
