const keepAlive = new TextEncoder().encode(': keep-alive\n\n')

/**
 * A body that takes from `frames` only when its reader asks, so that a slow browser slows Fluo down and nothing
 * piles up here; a comment goes out after each `keepAliveMs` of silence. `onLeave` is called when the reader cancels.
 */
export function pullStream(
  frames: AsyncGenerator<string, void, undefined>,
  { keepAliveMs, onLeave }: { readonly keepAliveMs: number; readonly onLeave: () => void },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let pending: Promise<IteratorResult<string, void>> | null = null
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        pending ??= frames.next()
        try {
          const next = await orSilence(pending, keepAliveMs)
          if (next === null) return controller.enqueue(keepAlive)
          pending = null
          if (next.done === true) controller.close()
          else controller.enqueue(encoder.encode(next.value))
        } catch (thrown) {
          // Fluo's answer broke off. A clean end here would make half an answer look whole, and an `error` event
          // would say that the agent failed: the browser's body breaks, too, and its run is `interrupted`.
          controller.error(thrown)
        }
      },
      cancel: onLeave,
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
