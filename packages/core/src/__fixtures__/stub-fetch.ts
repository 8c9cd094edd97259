/** One call that the stubbed fetch saw. */
export interface FetchCall {
  readonly url: string
  readonly init: RequestInit
  readonly headers: Headers
  readonly body: unknown
}

export interface StubFetch {
  readonly fetch: typeof fetch
  readonly calls: readonly FetchCall[]
}

/** A fetch that answers with these, one after the other, and minds being called with a `this`, as a browser's does. */
export function stubFetch(...answers: readonly (Response | Error | (() => Response))[]): StubFetch {
  const calls: FetchCall[] = []
  async function stub(this: unknown, input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation')
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
    const url = typeof input === 'string' ? input : String((input as Request).url)
    const answer = answers[Math.min(calls.length, answers.length - 1)]
    calls.push({ url, init, headers: new Headers(init.headers), body })
    await Promise.resolve()
    if (answer === undefined) throw new TypeError('fetch failed')
    if (answer instanceof Error) throw answer
    return typeof answer === 'function' ? answer() : answer
  }
  return { fetch: stub, calls }
}

/** An event stream that brings these texts, one read each, and then ends, or stays open. */
export function streamOf(texts: readonly string[], options: { readonly staysOpen?: boolean } = {}): Response {
  const waiting = [...texts]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const text = waiting.shift()
      if (text !== undefined) controller.enqueue(new TextEncoder().encode(text))
      else if (options.staysOpen !== true) controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

export function jsonOf(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}
