'use client'
import { createContext, type Context, type RefObject } from 'react'

/** What the parts of a composer share. */
export interface Composer {
  readonly text: string
  readonly setText: (text: string) => void
  /** Sends the text, unless it cannot be sent now: then it stays. */
  readonly submit: () => void
  /** Whether a send would be taken now. */
  readonly canSend: boolean
  readonly isRunning: boolean
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
}

/** The composer around. */
export const ComposerContext: Context<Composer | null> = createContext<Composer | null>(null)
