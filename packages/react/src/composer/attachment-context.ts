'use client'
import { createContext, type Context } from 'react'
import type { DraftFile } from './draft.ts'

/** The file around. */
export const AttachmentContext: Context<DraftFile | null> = createContext<DraftFile | null>(null)
