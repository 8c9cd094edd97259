'use client'
import { FluoFault, type FileRef } from '@fluokit/core'
import { ViewUrl } from '@fluokit/core/uploads'
import {
  QueryClientContext,
  useQuery,
  type Query,
  type UseQueryResult,
} from '@tanstack/react-query'
import { use, useEffect } from 'react'
import { QueriesContext } from './contexts.ts'
import { queryClientOf } from './query-client-of.ts'
import { useFluoClient } from './use-thread.ts'

/** How long a URL is kept after the last part that shows it has gone, in milliseconds. */
const keptFor = 30_000
/** A URL is replaced this long before it expires, or when half its life is over, in milliseconds. */
const ahead = 60_000
/** No sooner than this after the last one, whatever a clock says, in milliseconds. */
const atLeast = 5_000
/** Timers know no longer ones. */
const atMost = 2 ** 31 - 1

/**
 * Where an uploaded file can be seen, as a TanStack query that asks for another URL before this one expires. Its data
 * hides the URL from devtools, dehydration and persisters: `data.reveal()` gives it, for an element's `src` or `href`.
 * Asks nothing for null, for a file that is named by URL, and where nothing is uploaded. Without a QueryClientProvider
 * the kit's own query client runs it. Throws outside `<FluoProvider>`.
 */
export function useFileUrl(file: FileRef | null): UseQueryResult<ViewUrl | null, Error> {
  const client = useFluoClient()
  const given = use(QueriesContext)
  const inherited = use(QueryClientContext)
  const own = given ?? inherited ?? null
  const queryClient = own ?? queryClientOf(client)
  useEffect(() => {
    if (own !== null) return undefined
    queryClient.mount() // as a provider would: it hears then that the page is looked at again
    return () => queryClient.unmount()
  }, [own, queryClient])

  const { uploads } = client
  const ref = file === null || typeof file === 'string' ? null : file.ref
  return useQuery<unknown, Error, ViewUrl | null>(
    {
      queryKey: ['fluo', 'view-url', ref === null ? null : (uploads?.keyOf(ref) ?? null)],
      queryFn: ({ signal }): Promise<unknown> =>
        uploads === null || ref === null
          ? Promise.reject(new FluoFault({ code: 'file-gone' }))
          : uploads.view(ref, signal),
      // What was hydrated or persisted is no URL any more.
      select: (data) => (data instanceof ViewUrl ? data : null),
      enabled: ref !== null && uploads !== null,
      structuralSharing: false,
      staleTime: (query) => Math.max(0, dueAt(query) - query.state.dataUpdatedAt),
      refetchInterval: (query) => {
        const due = dueAt(query)
        return due > 0 && Math.min(atMost, Math.max(atLeast, due - Date.now()))
      },
      refetchOnMount: true,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      gcTime: keptFor,
      retry: (count, error) => count < 2 && isPassing(error),
      // An application's defaults must not show another file's URL, throw here, or write any of this down.
      placeholderData: undefined,
      persister: (queryFn, context) => queryFn(context),
      throwOnError: false,
    },
    queryClient,
  )
}

/** When another URL is to be asked for, in milliseconds since the epoch: never for one that does not say how long it is good. */
function dueAt({ state: { data, dataUpdatedAt } }: Pick<Query, 'state'>): number {
  if (!(data instanceof ViewUrl)) return 0
  const life = data.expiresAt - dataUpdatedAt
  if (!(life > 0) || life === Infinity) return Infinity // of a clock that is not ours, too
  return data.expiresAt - Math.min(ahead, life / 2)
}

/** Whether asking again could help. */
function isPassing(error: Error): boolean {
  const code = error instanceof FluoFault ? error.error.code : 'network'
  return code === 'network' || code === 'upstream' || code === 'rate-limited'
}
