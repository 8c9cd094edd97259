import { FluoFault, type FluoClient, type FluoError, type Thread } from '@fluokit/core'
import type { Mutation, MutationOptions, QueryClient } from '@tanstack/react-query'

/** What a mirrored run shows of itself: no word that anyone wrote. */
export interface MirroredRun {
  readonly threadKey: string
  readonly runId: string
}

/** What a mirrored upload shows of itself: neither a name nor a URL. */
export interface MirroredUpload {
  readonly threadKey: string
  readonly uploadId: string
}

/**
 * Shows every accepted run in the MutationCache under `['fluo', 'send']`, and every upload under `['fluo', 'upload']`, so
 * that devtools, `useIsMutating` and the app's global handlers see them. The mutations only watch: paused, retried or
 * resumed, they send nothing.
 */
export function mirror(client: FluoClient, queryClient: QueryClient): () => void {
  const ends = [
    client.subscribeRuns(({ thread, runId, ready }) => {
      show(queryClient, 'send', { threadKey: thread.threadKey, runId }, async () => {
        const end = await ready
        // Nobody knows how a run ended that this page left by itself: that is no failure of it.
        if (end === 'done' || end === 'stopped' || end === 'unknown') return end
        throw new FluoFault(errorOf(thread, runId))
      })
    }),
    client.uploads?.subscribe(({ threadKey, uploadId, ended }) => {
      show(queryClient, 'upload', { threadKey, uploadId }, () => ended)
    }),
  ]
  return () => {
    for (const end of ends) end?.()
  }
}

/** One mutation that watches. Two providers of one client, one inside the other for other words, show a thing once. */
function show<T, V extends MirroredRun | MirroredUpload>(
  queryClient: QueryClient,
  name: 'send' | 'upload',
  variables: V,
  mutationFn: () => Promise<T>,
): void {
  const cache = queryClient.getMutationCache()
  const mutationKey = ['fluo', name]
  const same = JSON.stringify(variables)
  const isSame = ({ state }: Mutation): boolean => JSON.stringify(state.variables) === same
  if (cache.find({ mutationKey, status: 'pending', predicate: isSame }) !== undefined) return
  const options: MutationOptions<T, Error, V> = {
    mutationKey,
    mutationFn,
    retry: false,
    gcTime: 0,
    networkMode: 'always',
  }
  // An app's default scope would queue this behind others, and others behind it for ever.
  const { scope: _scope, ...unscoped } = queryClient.defaultMutationOptions(options)
  cache
    .build(queryClient, unscoped)
    .execute(variables)
    .catch(() => undefined)
}

/** The run's own error: the thread's may be that of the next run already. */
function errorOf(thread: Thread, runId: string): FluoError {
  const runs = thread.store.getState().turns.at(-1)?.runs
  return runs?.find(({ id }) => id === runId)?.error ?? { code: 'network' }
}
