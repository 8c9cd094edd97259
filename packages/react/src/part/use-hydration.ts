'use client'
import { useState } from 'react'
import { useIsHydrated } from './use-is-hydrated.ts'

const isAlive = (): boolean => true

/**
 * How what stands below learns whether the page has come alive: by `useIsHydrated` where a server has rendered it, and without a
 * listener where this page has. The same function each time: a context that told the answer would change, and have React throw away
 * what a server has rendered below a boundary that is not hydrated yet.
 */
export function useHydration(): () => boolean {
  const isHydrated = useIsHydrated()
  const [learn] = useState(() => (isHydrated ? isAlive : useIsHydrated))
  return learn
}
