'use client'
import type { Turn } from '@fluokit/core'
import { useMemo, useSyncExternalStore } from 'react'
import { createGrowth, type Growth } from '../message/growth.ts'
import { useThread } from '../use-thread.ts'

/** The thread's newest turn where it is followed, and how its text grows; null where not, which costs no listener. Re-renders when more about it changes than that its text grows. */
export function useNewestTurn(isFollowed: boolean): {
  readonly newest: Turn | null
  readonly growth: Growth | null
} {
  const { store } = useThread()
  const growth = useMemo(() => (isFollowed ? createGrowth(store) : null), [isFollowed, store])
  const newest = useSyncExternalStore(
    growth?.subscribe ?? subscribeToNothing,
    growth?.getTurn ?? getNothing,
    growth?.getInitialTurn ?? getNothing,
  )
  return { newest, growth }
}

const subscribeToNothing = (): (() => void) => () => undefined
const getNothing = (): null => null
