import { FluoFault, type FluoClient, type FluoError, type RunEnd, type Thread } from '@fluokit/core'
import type { Mutation, MutationOptions, QueryClient } from '@tanstack/react-query'

/** What a mirrored run shows of itself: no word that anyone wrote. */
export interface MirroredRun {
  readonly threadKey: string
  readonly runId: string
}

/**
 * Shows every accepted run in the MutationCache under `['fluo', 'send']`, so that devtools, `useIsMutating` and
 * the app's global handlers see it. The mutation only watches: paused, retried or resumed, it sends nothing.
 */
export function mirrorRuns(client: FluoClient, queryClient: QueryClient): () => void {
  const cache = queryClient.getMutationCache()
  return client.subscribeRuns(({ thread, runId, ready }) => {
    if (cache.find({ mutationKey: ['fluo', 'send'], predicate: isOf(runId) }) !== undefined) return
    const options: MutationOptions<RunEnd, Error, MirroredRun> = {
      mutationKey: ['fluo', 'send'],
      async mutationFn() {
        const end = await ready
        // Nobody knows how a run ended that this page left by itself: that is no failure of it.
        if (end === 'done' || end === 'stopped' || end === 'unknown') return end
        throw new FluoFault(errorOf(thread, runId))
      },
      retry: false,
      gcTime: 0,
      networkMode: 'always',
    }
    // An app's default scope would queue this run behind others, and others behind it for ever.
    const { scope: _scope, ...unscoped } = queryClient.defaultMutationOptions(options)
    const mutation = cache.build(queryClient, unscoped)
    mutation.execute({ threadKey: thread.threadKey, runId }).catch(() => undefined)
  })
}

/** The run's own error: the thread's may be that of the next run already. */
function errorOf(thread: Thread, runId: string): FluoError {
  const runs = thread.store.getState().turns.at(-1)?.runs
  return runs?.find(({ id }) => id === runId)?.error ?? { code: 'network' }
}

/** Two providers of one client, one inside the other for other words, mirror a run once. */
function isOf(runId: string): (mutation: Mutation) => boolean {
  return ({ state }) => (state.variables as MirroredRun | undefined)?.runId === runId
}
