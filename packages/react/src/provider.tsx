'use client'
import type { FluoClient } from '@fluokit/core'
import { QueryClientContext, type QueryClient } from '@tanstack/react-query'
import { use, useEffect, type ReactNode } from 'react'
import { ClientContext, LabelsContext, QueriesContext } from './contexts.ts'
import type { Labels } from './labels.ts'
import { mirror } from './mirror.ts'

export interface FluoProviderProps {
  readonly client: FluoClient
  /** Where runs and uploads are mirrored as mutations, and what asks for the URLs of previews. @default the QueryClientProvider's above, if there is one */
  readonly queryClient?: QueryClient | undefined
  /** Words in the place of the English ones; what is left out or undefined stays English. */
  readonly labels?: Partial<Labels> | undefined
  readonly children?: ReactNode
}

/**
 * Gives the client and the words to everything below. Renders no element. Leaving the page with it stops no run:
 * runs belong to the client.
 */
export function FluoProvider({
  client,
  queryClient,
  labels,
  children,
}: FluoProviderProps): ReactNode {
  const inherited = use(QueryClientContext)
  const shown = queryClient ?? inherited
  useEffect(() => {
    if (shown !== undefined) return mirror(client, shown)
  }, [client, shown])

  return (
    <ClientContext value={client}>
      <QueriesContext value={queryClient ?? null}>
        <LabelsContext value={labels ?? null}>{children}</LabelsContext>
      </QueriesContext>
    </ClientContext>
  )
}
