/** Runs a callback after a delay and returns what calls it off; tests put a timer of their own here. */
export type Schedule = (callback: () => void, delayMs: number) => () => void

/** The platform's own timer. */
export const scheduleTimeout: Schedule = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}

/** Resolves after the delay or as soon as the signal aborts, and leaves no timer behind. */
export function sleep(
  delayMs: number,
  signal: AbortSignal,
  schedule: Schedule = scheduleTimeout,
): Promise<void> {
  if (!(delayMs > 0) || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = (): void => {
      signal.removeEventListener('abort', end)
      cancel()
      resolve()
    }
    const cancel = schedule(end, delayMs)
    signal.addEventListener('abort', end, { once: true })
  })
}

/** Resolves once the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
