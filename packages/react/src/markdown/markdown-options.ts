'use client'
import { createContext, type Context, type ReactNode } from 'react'

/** A block of code, for a highlighter. */
export interface MarkdownCode {
  readonly code: string
  /** As the answer names it, in its own spelling, or null. */
  readonly language: string | null
  /** Whether more of it may come: a highlighter that is not fast waits. */
  readonly isOpen: boolean
}

/** What the blocks of a text are told by its root. */
export interface MarkdownOptions {
  readonly headingLevel: number
  readonly renderCode: ((code: MarkdownCode) => ReactNode) | undefined
}

/** The options of the text around. */
export const MarkdownOptionsContext: Context<MarkdownOptions> = createContext<MarkdownOptions>({
  headingLevel: 4,
  renderCode: undefined,
})
