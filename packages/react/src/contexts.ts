'use client'
import type { FluoClient } from '@fluokit/core'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, use, type Context } from 'react'
import type { Labels } from './labels.ts'

/** The client of the provider above. */
export const ClientContext: Context<FluoClient | null> = createContext<FluoClient | null>(null)

/** The provider's words, where it has some. The default ones are read by the parts, so that the hook alone does without them. */
export const LabelsContext: Context<Partial<Labels> | null> = createContext<Partial<Labels> | null>(
  null,
)

/** The query client that the provider above was given, where it was. */
export const QueriesContext: Context<QueryClient | null> = createContext<QueryClient | null>(null)

/** What a required context holds; throws, naming what is missing above, when it holds nothing. */
export function useRequired<T>(context: Context<T | null>, what: string, parent: string): T {
  const value = use(context)
  if (value !== null) return value
  throw new Error(
    `${what} needs <${parent}> above it, which holds what it reads. Put it inside one.`,
  )
}
