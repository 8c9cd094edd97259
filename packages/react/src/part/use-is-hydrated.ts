'use client'
import { useSyncExternalStore } from 'react'

/**
 * Whether the page has come alive. A server knows neither the person's clock nor their language: what depends on them
 * is shown from then on, so that both first renders are the same.
 */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(subscribeToNothing, isAlive, isNotYet)
}

const subscribeToNothing = (): (() => void) => () => undefined
const isAlive = (): boolean => true
const isNotYet = (): boolean => false
