/** How long to wait before each try, in milliseconds; the last one counts for all that follow. */
const delays = [0, 500, 1000, 2000, 4000, 5000] as const

interface Page {
  addEventListener?(type: 'online', listener: () => void): void
  removeEventListener?(type: 'online', listener: () => void): void
}

/** Paces the tries at something that may come back. */
export interface Tries {
  /** Waits for the next try: false where it is too late for one. Over at once when the signal aborts; never rejects. */
  next(patience: number, earliest?: number): Promise<boolean>
  /** It came back: the next loss is another one. */
  reset(): void
}

/**
 * Tries at once, then after a pause that grows to five seconds, with up to half of it added by chance, so that many pages do not
 * ask in the same moment. A page that comes back online tries then. `patience` is how long all of it may take from
 * the loss on, in milliseconds, and `earliest` the first moment that the server wants to hear of it, since the epoch.
 */
export function createTries(signal: AbortSignal, random: () => number): Tries {
  let lostAt: number | null = null
  let tries = 0
  return {
    async next(patience, earliest = 0) {
      lostAt ??= performance.now()
      const delay = (delays[tries] ?? 5000) * (1 + random() / 2)
      const asked = earliest - Date.now()
      const wait = Math.max(delay, asked)
      tries += 1
      if (performance.now() - lostAt + wait > patience) return false
      if (wait > 0) await pause(wait, signal, asked <= 0)
      return true
    },
    reset() {
      lostAt = null
      tries = 0
    },
  }
}

/** Listens to the page for no longer than it waits. */
async function pause(wait: number, signal: AbortSignal, mayWake: boolean): Promise<void> {
  const page = globalThis as Page
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(over, wait)
    function over(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      page.removeEventListener?.('online', over)
      resolve()
    }
    signal.addEventListener('abort', over)
    if (mayWake) page.addEventListener?.('online', over)
  })
}
