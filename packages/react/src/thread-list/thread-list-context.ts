'use client'
import type { ThreadSummary } from '@fluokit/core'
import { createContext, type Context } from 'react'

/** A list of conversations as it is. */
export interface ThreadListView {
  readonly threads: readonly ThreadSummary[]
  readonly isRestoring: boolean
  /** The one that is shown. */
  readonly active: string
  /** The one that is being renamed. */
  readonly renaming: string | null
  /** The one that Tab comes to. */
  readonly tabStop: string | undefined
}

/** The list around, as it is. */
export const ThreadListContext: Context<ThreadListView | null> =
  createContext<ThreadListView | null>(null)
