/** Work that is told to stop once `signal` aborts, or has taken longer than `limit` milliseconds. */
export async function noLongerThan<T>(
  limit: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const leave = (): void => abort.abort(signal.reason)
  const timer = setTimeout(leave, limit)
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave)
  try {
    return await work(abort.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}
