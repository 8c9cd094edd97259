import { FluoFault, type FluoClient, type RunEnd } from '@fluokit/core'
import type { MutationOptions, QueryClient } from '@tanstack/react-query'

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
  return client.subscribeRuns(({ thread, runId, ready }) => {
    const options: MutationOptions<RunEnd, Error, MirroredRun> = {
      mutationKey: ['fluo', 'send'],
      async mutationFn() {
        const end = await ready
        if (end === 'done' || end === 'stopped') return end
        throw new FluoFault(thread.store.getState().error ?? { code: 'network' })
      },
      retry: false,
      gcTime: 0,
      networkMode: 'always',
    }
    const mutation = queryClient.getMutationCache().build(queryClient, options)
    // An app's default scope would queue this run behind others.
    const { scope: _scope, ...unscoped } = mutation.options
    mutation.setOptions(unscoped)
    mutation.execute({ threadKey: thread.threadKey, runId }).catch(() => undefined)
  })
}
