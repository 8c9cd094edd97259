import type { FluoClient, ReadableStore, Thread } from '@fluokit/core'
import { vi } from 'vitest'

/** Watches what listens to the document and the window from now on, and tells what still does. */
export function keptListeners(): () => readonly string[] {
  const kept = new Map<unknown, string>()
  for (const target of [document, window]) {
    const add = target.addEventListener.bind(target)
    const remove = target.removeEventListener.bind(target)
    vi.spyOn(target, 'addEventListener').mockImplementation((name: string, listener, options) => {
      kept.set(listener, name)
      const signal = typeof options === 'object' ? options.signal : undefined
      signal?.addEventListener('abort', () => kept.delete(listener))
      add(name, listener as EventListener, options)
    })
    vi.spyOn(target, 'removeEventListener').mockImplementation(
      (name: string, listener, options) => {
        kept.delete(listener)
        remove(name, listener as EventListener, options)
      },
    )
  }
  return () => [...kept.values()]
}

/** Watches who subscribes to the client's threads and to the list of them from now on, and tells how many still do. */
export function keptSubscribers(client: FluoClient): () => number {
  const threads = new Set<Thread>()
  let count = 0
  const watch = <T>(watched: Pick<ReadableStore<T>, 'subscribe'>): void => {
    const { subscribe } = watched
    vi.spyOn(watched, 'subscribe').mockImplementation((listener) => {
      const leave = subscribe(listener)
      count += 1
      return () => {
        count -= 1
        leave()
      }
    })
  }
  watch(client.threads)
  const threadOf = client.thread.bind(client)
  vi.spyOn(client, 'thread').mockImplementation((options) => {
    const thread = threadOf(options)
    if (!threads.has(thread)) {
      watch(thread.store)
      watch(thread.draft)
    }
    threads.add(thread)
    return thread
  })
  return () => count
}
