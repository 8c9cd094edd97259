import { isolate } from '../thread/isolate.ts'
import type { ThreadObserver } from '../thread/thread-ports.ts'
import type { Thread } from '../thread/thread.ts'
import type { ClientWatcher } from './client-watcher.ts'
import type { FluoClientOptions } from './fluo-client.ts'

/** Tells an application, and whoever watches its client, what one thread does. `onChange` is for the client itself. */
export function observeThread(
  options: Pick<FluoClientOptions, 'onEvent' | 'onThread' | 'onRunEnd' | 'onError'>,
  watchers: ReadonlySet<ClientWatcher>,
  threadOf: () => Thread,
  onChange: () => void,
): ThreadObserver {
  return {
    onChange,
    onEvent(event) {
      isolate(options.onEvent, event, threadOf())
      for (const { onEvent } of watchers) isolate(onEvent, event, threadOf())
    },
    onState(state) {
      for (const { onState } of watchers) isolate(onState, state, threadOf())
    },
    onThreadRef: (threadRef) => isolate(options.onThread, threadOf(), threadRef),
    onRunAccepted(runId, ready) {
      for (const { onRun } of watchers) isolate(onRun, { thread: threadOf(), runId, ready })
    },
    onRunEnd: (run) => isolate(options.onRunEnd, run, threadOf()),
    onError: (error) => isolate(options.onError, error, threadOf()),
    onForget() {
      for (const { onForget } of watchers) isolate(onForget, threadOf())
    },
  }
}
