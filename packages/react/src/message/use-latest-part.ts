'use client'
import type { Part } from '@fluokit/core'
import { useSyncExternalStore } from 'react'
import { usePartScope } from './message-context.ts'

/** The part around with the text that it has now. Re-renders with every commit while that grows, and nothing around it does. */
export function useLatestPart(): Part {
  const { part, growing } = usePartScope()
  return useSyncExternalStore(
    growing?.subscribe ?? subscribeToNothing,
    growing?.latest ?? (() => part),
    () => part,
  )
}

function subscribeToNothing(): () => void {
  return () => undefined
}
