'use client'
import { createContext, type Context } from 'react'
import type { ChangeDetails } from '../part/change-details.ts'
import type { Suggestion } from './suggestion.ts'

/** The suggestion around an item. */
export const SuggestionContext: Context<Suggestion | null> = createContext<Suggestion | null>(null)

/** Asks the app of a press. Keeps its identity, so that no item renders with another listener. */
export type AskApp = (suggestion: Suggestion, details: ChangeDetails<'suggestion-press'>) => void

/** The root's way to its app. */
export const AskAppContext: Context<AskApp> = createContext<AskApp>(() => undefined)
