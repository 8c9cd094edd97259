const keepAlive = new TextEncoder().encode(': keep-alive\n\n')

export interface PullStreamOptions {
  /** After this much silence a comment goes out, in milliseconds. */
  readonly keepAliveMs: number
  /** A reader that takes nothing for this long has gone, in milliseconds. */
  readonly blockedMs: number
  /** The reader has left, or takes nothing. */
  readonly onLeave: () => void
}

/**
 * A body that takes from `texts` only when its reader asks, so that a slow browser slows Fluo down and nothing
 * piles up here; a comment goes out after each `keepAliveMs` of silence.
 */
export function pullStream(
  texts: AsyncGenerator<string, void, undefined>,
  { keepAliveMs, blockedMs, onLeave }: PullStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let pending: Promise<IteratorResult<string, void>> | null = null
  let blocked: ReturnType<typeof setTimeout> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(blocked)
        pending ??= texts.next()
        pending.catch(ignore) // a reader that has left hears of nothing
        try {
          const next = await orSilence(pending, keepAliveMs)
          if (next?.done === true) return controller.close()
          if (next !== null) pending = null
          controller.enqueue(next === null ? keepAlive : encoder.encode(next.value))
        } catch (thrown) {
          // A clean end here would make half an answer look whole.
          return controller.error(thrown)
        }
        blocked = setTimeout(() => {
          controller.error(new Error('The reader takes nothing.'))
          onLeave()
        }, blockedMs)
      },
      cancel() {
        clearTimeout(blocked)
        onLeave()
      },
    },
    // Nothing is taken ahead: what was enqueued has been read by the time an error drops the queue.
    { highWaterMark: 0 },
  )
}

async function orSilence<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
  }
}

function ignore(): void {
  // Whoever waits for it is told.
}
