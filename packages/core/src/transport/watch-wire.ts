/** A connection that is given up when it has been silent for too long. */
export interface WireWatch {
  /** Aborts when the caller leaves, or when the wire is dead. */
  readonly signal: AbortSignal
  /** Begins to watch. */
  begin(): void
  /** Bytes have come. */
  heard(): void
  /** Nothing is watched any more, and no timer is left. */
  end(): void
}

/** Watches a connection once it `begin`s: silent for `limit` milliseconds, it is aborted. Bytes cost a look at the clock, no timer. */
export function watchWire(limit: number, left: AbortSignal): WireWatch {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  left.addEventListener('abort', abort, { once: true })
  if (left.aborted) abort()
  let heardAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    const rest = heardAt + limit - performance.now()
    if (rest <= 0) abort()
    else timer = setTimeout(look, rest)
  }

  return {
    signal: controller.signal,
    begin() {
      clearTimeout(timer)
      heardAt = performance.now()
      if (limit > 0 && limit < Infinity) look()
    },
    heard: () => void (heardAt = performance.now()),
    end() {
      clearTimeout(timer)
      left.removeEventListener('abort', abort)
    },
  }
}
