import { setTimeout } from 'node:timers/promises'

/** What a promise resolves to, or `late` where that takes too long; the promise is left behind then. */
export async function within<T>(promise: Promise<T>, limitMs: number, late: () => T): Promise<T> {
  const over = new AbortController()
  try {
    return await Promise.race([
      promise,
      setTimeout(limitMs, undefined, { signal: over.signal }).then(late),
    ])
  } finally {
    over.abort()
  }
}
