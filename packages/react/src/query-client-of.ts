import type { FluoClient } from '@fluokit/core'
import { QueryClient } from '@tanstack/react-query'

const clients = new WeakMap<FluoClient, QueryClient>()

/** The kit's own query client, where an application has none: one for each client, made when the first query needs it. */
export function queryClientOf(client: FluoClient): QueryClient {
  const known = clients.get(client)
  if (known !== undefined) return known
  const made = new QueryClient()
  clients.set(client, made)
  return made
}
