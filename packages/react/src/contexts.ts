'use client'
import type { FluoClient } from '@fluokit/core'
import { createContext, use, type Context } from 'react'
import { defaultLabels, type Labels } from './labels.ts'

/** The client of the provider above. */
export const ClientContext: Context<FluoClient | null> = createContext<FluoClient | null>(null)

const LabelsContext: Context<Labels> = createContext<Labels>(defaultLabels)

/** Puts the words into effect for everything below. */
export const LabelsProvider: Context<Labels>['Provider'] = LabelsContext.Provider

/** The words in effect here. Re-renders when the provider's labels change. */
export function useLabels(): Labels {
  return use(LabelsContext)
}

/** What a required context holds; throws, naming what is missing above, when it holds nothing. */
export function useRequired<T>(context: Context<T | null>, what: string, parent: string): T {
  const value = use(context)
  if (value !== null) return value
  throw new Error(
    `${what} needs <${parent}> above it, which holds what it reads. Put it inside one.`,
  )
}
