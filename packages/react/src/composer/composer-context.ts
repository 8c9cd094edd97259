'use client'
import { createContext, type Context, type RefObject } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { SubmitMode } from './submit-mode.ts'
import type { AttachmentActions } from '../attachment/attachment-context.ts'
import type { ComposerActions, ComposerView } from './composer-view.ts'

/** What the parts of a composer share. */
export interface Composer {
  readonly view: ComposerView
  readonly actions: ComposerActions
  readonly submitMode: SubmitMode
  readonly maxLength: number
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
  /** The IDs of the parts on the page that describe the input. */
  readonly descriptions: StoreApi<readonly string[]>
  readonly attachmentActions: AttachmentActions
  /** Whether an input method is at work in the input. */
  readonly isComposing: StoreApi<boolean>
  /** Focuses the input, or the log where that would open a keyboard on the screen. */
  readonly returnFocus: () => void
}

/** The composer around. */
export const ComposerContext: Context<Composer | null> = createContext<Composer | null>(null)
