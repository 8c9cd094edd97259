'use client'
import type { QueuedTurn } from '@fluokit/core'
import { createContext, type Context } from 'react'

/** The queued turn around. */
export const QueuedContext: Context<QueuedTurn | null> = createContext<QueuedTurn | null>(null)
