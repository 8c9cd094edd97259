/** A `fetch` that counts what is asked for, and what of the answer has been read. */
export interface WatchedFetch {
  readonly fetch: typeof fetch
  /** Runs asked for; a stop is none. */
  readonly starts: number
  /** Resolves once so many bytes of the body are with the reader. */
  hasRead(bytes: number): Promise<void>
}

export function watchFetch(call: typeof fetch): WatchedFetch {
  let starts = 0
  let read = 0
  let waiting: (() => void)[] = []

  function watch(
    source: ReadableStream<Uint8Array<ArrayBuffer>>,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = source.getReader()
    return new ReadableStream(
      {
        async pull(controller) {
          const { done, value } = await reader.read()
          if (done) return controller.close()
          controller.enqueue(value)
          read += value.length
          for (const wake of waiting.splice(0)) wake()
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 }, // reads no further than the kit does
    )
  }

  return {
    async fetch(input, init) {
      const body = typeof init?.body === 'string' ? init.body : ''
      if (!body.startsWith('{"op":"stop"')) starts += 1
      const response = await call(input, init)
      if (response.body === null) return response
      const { status, headers } = response
      return new Response(watch(response.body), { status, headers })
    },
    get starts() {
      return starts
    },
    async hasRead(bytes) {
      while (read < bytes) await new Promise<void>((resolve) => waiting.push(resolve))
    },
  }
}
