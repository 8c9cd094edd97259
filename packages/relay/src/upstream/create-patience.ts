/** How long one is ready to hear nothing. */
export interface Patience {
  /** Aborts when it is over, and when what it was made for has ended. */
  readonly signal: AbortSignal
  /** Nothing was heard for too long. */
  readonly isOver: boolean
  /** From now on one listens, this long at most, in milliseconds. */
  listen(longest: number): void
  /** Something was heard: until one listens again, time does not count. */
  heard(): void
}

/** One timer, which nothing that is heard sets: it looks how long one has listened by then. Ends with `ended`. */
export function createPatience(ended: AbortSignal): Patience {
  const controller = new AbortController()
  let longest = Infinity
  let since = Infinity
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function watch(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const left = since === Infinity ? longest : longest - (performance.now() - since)
      if (left > 0) return watch(left)
      isOver = true
      controller.abort()
    }, milliseconds)
  }

  const end = (): void => {
    clearTimeout(timer)
    controller.abort()
  }
  if (ended.aborted) end()
  else ended.addEventListener('abort', end, { once: true })
  return {
    signal: controller.signal,
    get isOver() {
      return isOver
    },
    listen(next) {
      since = performance.now()
      if (next === longest || ended.aborted) return
      longest = next
      watch(next)
    },
    heard() {
      since = Infinity
    },
  }
}
