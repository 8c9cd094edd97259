'use client'
import type { Part } from '@fluokit/core'
import { createContext, type Context } from 'react'
import type { GrowingPart } from './growth.ts'

/** A part, and where it stands among those of its message: plain facts, which stay the same once the next parts have come. */
export interface PartScope {
  readonly part: Part
  /** Of the part whose text may grow, how to follow it. */
  readonly growing: GrowingPart | null
  /** Whether it is what the agent does right now. */
  readonly isNewest: boolean
  /** Whether the answer is open, and neither text nor thinking has followed it yet. */
  readonly isBeforeAnswer: boolean
  /** When the part after it began, in milliseconds since the epoch, where there is one and that is known. */
  readonly nextStartedAt: number | undefined
}

/** The part around, told by the list, so that no settled part need follow its message. */
export const PartContext: Context<PartScope | null> = createContext<PartScope | null>(null)
