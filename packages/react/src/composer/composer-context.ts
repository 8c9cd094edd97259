'use client'
import { createContext, type Context, type RefObject } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { SubmitMode } from './submit-mode.ts'
import type { ComposerActions, ComposerView } from './use-compose.ts'

/** What the parts of a composer share. */
export interface Composer {
  readonly view: ComposerView
  readonly actions: ComposerActions
  readonly submitMode: SubmitMode
  readonly maxLength: number
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
  /** The IDs of the parts on the page that describe the input. */
  readonly descriptions: StoreApi<readonly string[]>
  /** The buttons that take a file out, by the file's ID. */
  readonly removers: Map<string, HTMLElement>
  /** Focuses the input, or the log where that would open a keyboard on the screen. */
  readonly returnFocus: () => void
}

/** The composer around. */
export const ComposerContext: Context<Composer | null> = createContext<Composer | null>(null)
