import { isolate } from './isolate.ts'
import type { ReadableStore } from './thread.ts'

/** A store as it is given to applications: the first listener has it restored, and what a listener throws goes no further. */
export function restoredOnUse<T>(
  store: ReadableStore<T>,
  restore: () => unknown,
): ReadableStore<T> {
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe(listener) {
      const unsubscribe = store.subscribe((...states) => isolate(listener, ...states))
      void restore()
      return unsubscribe
    },
  }
}
