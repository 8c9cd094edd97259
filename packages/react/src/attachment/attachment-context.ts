'use client'
import { createContext, type Context } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { TurnFile } from './turn-file.ts'

/** What can be done with the files of a composer. The same for as long as its thread is. */
export interface AttachmentActions {
  readonly remove: (file: TurnFile) => void
  readonly retry: (file: TurnFile) => void
  /** The buttons that take a file out, by the file's ID. */
  readonly removers: Map<string, HTMLElement>
}

/** The file around. */
export const AttachmentContext: Context<TurnFile | null> = createContext<TurnFile | null>(null)

/** What can be done with the file around: nothing in a message. */
export const AttachmentActionsContext: Context<AttachmentActions | null> =
  createContext<AttachmentActions | null>(null)

/** The IDs of the parts on the page that describe the file around. */
export const AttachmentDescriptionsContext: Context<StoreApi<readonly string[]> | null> =
  createContext<StoreApi<readonly string[]> | null>(null)
