'use client'
import { createContext, type Context } from 'react'

/** Where a part stands among those of its message: plain facts, which stay the same once the next parts have come. */
export interface PartPlace {
  /** Whether it is what the agent does right now. */
  readonly isNewest: boolean
  /** Whether the answer is open, and neither text nor thinking has followed it yet. */
  readonly isBeforeAnswer: boolean
  /** When the part after it began, in milliseconds since the epoch, where there is one and that is known. */
  readonly nextStartedAt: number | undefined
}

/** The place of the part around, told by the list, so that no settled part need follow its message. */
export const PartPlaceContext: Context<PartPlace | null> = createContext<PartPlace | null>(null)
