const keepAlive = new TextEncoder().encode(': keep-alive\n\n')

export interface PullStreamOptions {
  /** The next piece of text; null after the last. Asked for one at a time. */
  readonly next: () => Promise<string | null>
  /** After this much silence a comment goes out, in milliseconds. */
  readonly keepAliveMs: number
  /** A reader that takes nothing for this long has gone, in milliseconds. */
  readonly blockedMs: number
  /** Called once: the last piece was taken, the reader has left or takes nothing, or `next` has failed. */
  readonly onClose: () => void
}

/**
 * A body that takes a piece only when its reader asks, so that a slow browser slows Fluo down and nothing piles up
 * here; a comment goes out after each `keepAliveMs` of silence. One timer, which no piece sets.
 */
export function pullStream(options: PullStreamOptions): ReadableStream<Uint8Array> {
  const { keepAliveMs, blockedMs } = options
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array>
  let since = performance.now()
  let pulled: (() => void) | null = null
  let isAsked = false
  let held: string | null | undefined
  let isClosed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** How long it may stay as it is: a reader waits for us, or we for the reader. */
  const patience = (): number => (pulled === null ? blockedMs : keepAliveMs)

  function watch(inMs: number): void {
    timer = setTimeout(() => {
      const left = patience() - (performance.now() - since)
      if (left > 0) return watch(Math.min(left, keepAliveMs))
      if (pulled === null) return fail(new Error('The reader takes nothing.'))
      send(keepAlive)
      watch(keepAliveMs)
    }, inMs)
  }

  function send(bytes: Uint8Array): void {
    controller.enqueue(bytes)
    settle()
  }

  function settle(): void {
    since = performance.now()
    const done = pulled
    pulled = null
    done?.()
  }

  function deliver(text: string | null): void {
    if (isClosed) return
    if (pulled === null) held = text
    else if (text === null) {
      close()
      controller.close()
      settle()
    } else send(encoder.encode(text))
  }

  /** A clean end here would make half an answer look whole. */
  function fail(thrown: unknown): void {
    if (isClosed) return
    close()
    controller.error(thrown)
    settle()
  }

  function close(): void {
    if (isClosed) return
    isClosed = true
    clearTimeout(timer)
    options.onClose()
  }

  function ask(): void {
    isAsked = true
    options.next().then((text) => {
      isAsked = false
      deliver(text)
    }, fail)
  }

  return new ReadableStream<Uint8Array>(
    {
      start: (made) => void (controller = made),
      pull: () =>
        new Promise<void>((resolve) => {
          pulled = resolve
          since = performance.now()
          if (timer === undefined) watch(keepAliveMs) // nobody is late before anybody could begin
          const ready = held
          held = undefined
          if (ready !== undefined) deliver(ready)
          else if (!isAsked) ask()
        }),
      cancel: close,
    },
    // Nothing is taken ahead: what was enqueued has been read by the time an error drops the queue.
    { highWaterMark: 0 },
  )
}
