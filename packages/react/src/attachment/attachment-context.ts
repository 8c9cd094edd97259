'use client'
import { createContext, type Context } from 'react'
import type { TurnFile } from './turn-file.ts'

/** The file around. */
export const AttachmentContext: Context<TurnFile | null> = createContext<TurnFile | null>(null)
