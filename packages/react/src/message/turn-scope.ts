'use client'
import type { TurnInput } from '@fluokit/core'
import { createContext, type Context } from 'react'
import type { Growth } from './growth.ts'

/** What the messages of a turn are told of it. */
export interface TurnScope {
  /** What was asked. */
  readonly input: TurnInput
  /** The ID of the thread's last message, where it is in this turn: so no earlier message need ask the store. */
  readonly newestId: string | null
  /** How the thread's newest turn is followed; null in any other. */
  readonly growth: Growth | null
}

/** The turn around. */
export const TurnContext: Context<TurnScope | null> = createContext<TurnScope | null>(null)
