/** What Fluo answers to one request. */
export type Fluo = (signal: AbortSignal) => Promise<Response>

/** Words of Fluo's that nobody but the log may hear. */
export const canary = 'words-of-fluo-canary'

/** A refusal of Fluo's. */
export const json =
  (status: number, body: unknown, headers = {}): Fluo =>
  () =>
    Promise.resolve(
      Response.json(body, { status, headers: { 'x-request-id': 'fluo-1', ...headers } }),
    )

/** An event stream of Fluo's; `rest` is what happens after its messages. */
export const stream =
  (messages: readonly string[], rest: 'end' | 'silence' | 'break' = 'end'): Fluo =>
  (signal) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const bytes = new TextEncoder().encode(messages.map((message) => `${message}\n\n`).join(''))
        if (bytes.length > 0) controller.enqueue(bytes)
        if (rest === 'end') controller.close()
        if (rest === 'silence')
          signal.addEventListener('abort', () => controller.error(signal.reason))
      },
      pull(controller) {
        if (rest === 'break') controller.error(new Error('ECONNRESET'))
      },
    })
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
  }

/** An answer without its final. */
export const hello = [
  'event: run_start\ndata: {"thread_id":"thread_canary_1"}',
  'event: message_delta\ndata: {"delta":"Hello"}',
]
/** An error event. */
export const problem = (status: number): string =>
  `event: error\ndata: ${JSON.stringify({ status, detail: canary })}`

