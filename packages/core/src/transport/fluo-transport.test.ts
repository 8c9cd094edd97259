import { afterEach, describe, expect, it, vi } from 'vitest'
import { jsonOf, streamOf, stubFetch } from '../__fixtures__/stub-fetch.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { fluoTransport, type FluoTransportOptions } from './fluo-transport.ts'
import type { EventBatches } from './transport.ts'

const baseUrl = 'https://api.fluo.one'
const request: RunRequest = {
  runId: 'run-1',
  agentId: 'agent_123',
  threadRef: null,
  input: { query: 'Hi' },
}
const hello = 'event: message_final\ndata: {"text":"Hello"}\n\n'

function start(
  options: Partial<FluoTransportOptions>,
  run: Partial<RunRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): EventBatches {
  return fluoTransport({ baseUrl, ...options }).start({ ...request, ...run }, signal)
}

async function eventsOf(batches: EventBatches): Promise<readonly FluoEvent[]> {
  const events: FluoEvent[] = []
  for await (const batch of batches) events.push(...batch.map(({ event }) => event))
  return events
}

/** The facts of the fault that a start throws. */
async function errorOf(batches: EventBatches): Promise<unknown> {
  const thrown: unknown = await eventsOf(batches).then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  )
  return (thrown as { error?: unknown }).error ?? thrown
}

afterEach(() => void vi.unstubAllGlobals())

describe('fluoTransport, what it asks', () => {
  it('posts to the documented path', async () => {
    const { fetch, calls } = stubFetch(streamOf([hello]))

    await eventsOf(start({ fetch }))

    expect(calls).toHaveLength(1)
    expect(calls[0]?.url).toBe('https://api.fluo.one/api/v1/agents/agent_123/stream/threads')
    expect(calls[0]?.init.method).toBe('POST')
  })

  it.each([
    ['thread_123', '?thread_id=thread_123'],
    ['a b&c=d/é?#+', '?thread_id=a%20b%26c%3Dd%2F%C3%A9%3F%23%2B'],
  ])('continues the thread %j by ?thread_id=', async (threadRef, search) => {
    const { fetch, calls } = stubFetch(streamOf([hello]))

    await eventsOf(start({ fetch }, { threadRef }))

    expect(new URL(calls[0]?.url ?? '').search).toBe(search)
    expect(new URL(calls[0]?.url ?? '').searchParams.get('thread_id')).toBe(threadRef)
  })

  it('encodes the agent and takes a base with a path and a slash at its end', async () => {
    const { fetch, calls } = stubFetch(streamOf([hello]))

    await eventsOf(start({ fetch, baseUrl: '/fluo//' }, { agentId: 'a/b?c' }))

    expect(calls[0]?.url).toBe('/fluo/api/v1/agents/a%2Fb%3Fc/stream/threads')
  })

  it('sends exactly the documented body', async () => {
    const { fetch, calls } = stubFetch(() => streamOf([hello]))
    const input = {
      query: 'Hi',
      documents: ['https://example.com/a.pdf'],
      images: ['https://example.com/a.png'],
      audios: ['https://example.com/a.mp3'],
      contexts: ['ctx_1'],
      metadata: { source: 'docs', nested: { a: [1] } },
    }

    await eventsOf(start({ fetch }))
    await eventsOf(
      start({ fetch }, { threadRef: 't', input: { ...input, extra: 1 } as typeof input }),
    )

    expect(calls.map(({ body }) => body)).toEqual([{ query: 'Hi' }, input])
    expect(calls[0]?.init.body).toBe('{"query":"Hi"}')
  })

  it('sends JSON, asks for events, follows no redirect and stores nothing (T36)', async () => {
    const { fetch, calls } = stubFetch(streamOf([hello]))
    const { signal } = new AbortController()

    await eventsOf(start({ fetch }, {}, signal))

    expect(Object.fromEntries(calls[0]?.headers ?? [])).toEqual({
      accept: 'text/event-stream',
      'content-type': 'application/json',
    })
    expect(calls[0]?.init).toMatchObject({ redirect: 'manual', cache: 'no-store' })
    expect(calls[0]?.init.signal).toBe(signal)
  })

  it('asks for headers anew for each run, and waits for them', async () => {
    const { fetch, calls } = stubFetch(() => streamOf([hello]))
    let asked = 0
    const headers = async () => {
      asked += 1
      await Promise.resolve()
      return { 'x-project-id': 'p', 'x-api-key': `key-${asked}` }
    }
    const transport = fluoTransport({ baseUrl, fetch, headers })

    await eventsOf(transport.start(request, new AbortController().signal))
    await eventsOf(transport.start(request, new AbortController().signal))

    expect(calls.map((call) => call.headers.get('x-api-key'))).toEqual(['key-1', 'key-2'])
    expect(calls.map((call) => call.headers.get('x-project-id'))).toEqual(['p', 'p'])
  })

  it('uses the fetch of the page, looked up with each run, and calls it without a this', async () => {
    const { fetch, calls } = stubFetch(() => streamOf([hello]))
    const transport = fluoTransport({ baseUrl })
    vi.stubGlobal('fetch', fetch)

    await eventsOf(transport.start(request, new AbortController().signal))

    expect(calls).toHaveLength(1)
  })

  it.each(['x-api-key', 'X-Api-Key'])(
    'refuses the header %s where there is a document (T01)',
    async (name) => {
      vi.stubGlobal('document', {})
      const { fetch, calls } = stubFetch(streamOf([hello]))

      const error = await errorOf(start({ fetch, headers: () => ({ [name]: 'secret-key' }) }))

      expect(error).toMatchObject({
        code: 'invalid',
        detail: expect.stringContaining('relayTransport') as unknown,
      })
      expect(JSON.stringify(error)).not.toContain('secret-key')
      expect(calls).toEqual([])
    },
  )

  it('asks for a URL of each uploaded file, in its place, and leaves URLs as they are', async () => {
    const { fetch, calls } = stubFetch(
      jsonOf(200, { viewUrl: 'https://store.example/a?sig=1' }),
      streamOf([hello]),
    )
    const file = { name: 'a.pdf', mediaType: 'application/pdf', size: 1, ref: 'chat/a b.pdf' }
    const documents = ['https://x.example/b.pdf', file]

    await eventsOf(start({ fetch }, { input: { query: 'Hi', documents } }))

    expect(calls.map(({ url, init }) => `${init.method ?? 'GET'} ${url}`)).toEqual([
      `GET ${baseUrl}/api/v1/uploads/view-url?blobPath=chat%2Fa%20b.pdf`,
      `POST ${baseUrl}/api/v1/agents/agent_123/stream/threads`,
    ])
    expect(calls[1]?.body).toMatchObject({
      documents: ['https://x.example/b.pdf', 'https://store.example/a?sig=1'],
    })
  })

  it('runs nothing when a file is not there any more', async () => {
    const { fetch, calls } = stubFetch(jsonOf(404, { detail: 'Not found' }))
    const file = { name: 'a.pdf', mediaType: 'application/pdf', size: 1, ref: 'r' }

    const error = await errorOf(start({ fetch }, { input: { query: 'Hi', images: [file] } }))

    expect(error).toMatchObject({ code: 'file-gone', status: 404 })
    expect(calls).toHaveLength(1)
  })

  it('cannot stop or resume: leaving is stopping', () => {
    const transport = fluoTransport({ baseUrl })

    expect(transport).not.toHaveProperty('stop')
    expect(transport).not.toHaveProperty('resume')
  })
})

describe('fluoTransport, what it hears', () => {
  it('reads events batch by batch, with the cursors of their IDs', async () => {
    const texts = [
      'id: 1\nevent: run_start\ndata: {"thread_id":"t1"}\n\nevent: message_delta\ndata: Hel\n\n',
      ': ping\n\n',
      'id: 2\nevent: message_delta\ndata: lo\n\n',
    ]
    const { fetch } = stubFetch(streamOf(texts))
    const batches: unknown[] = []

    for await (const batch of start({ fetch })) batches.push(batch)

    expect(batches).toEqual([
      [
        { cursor: '1', event: { type: 'run_start', threadRef: 't1' } },
        { cursor: '1', event: { type: 'message_delta', text: 'Hel' } },
      ],
      [],
      [{ cursor: '2', event: { type: 'message_delta', text: 'lo' } }],
    ])
  })

  it('has no cursor where the server gives no IDs', async () => {
    const { fetch } = stubFetch(streamOf([hello]))

    const { value } = await start({ fetch })[Symbol.asyncIterator]().next()

    expect(value).toEqual([{ cursor: null, event: { type: 'message_final', text: 'Hello' } }])
  })

  it("applies the application's decoder and cumulative deltas", async () => {
    const { fetch } = stubFetch(() =>
      streamOf(['event: message_delta\ndata: a\n\nevent: odd\ndata: b\n\n']),
    )
    const decode: FluoTransportOptions['decode'] = (message, next) =>
      message.event === 'odd' ? [{ type: 'message_final', text: message.data }] : next(message)

    expect(await eventsOf(start({ fetch, decode, deltas: 'cumulative' }))).toEqual([
      { type: 'message_delta', text: 'a', mode: 'replace' },
      { type: 'message_final', text: 'b' },
    ])
  })

  it('keeps to the thread it continues when the stream shows another', async () => {
    const { fetch } = stubFetch(streamOf(['event: run_start\ndata: {"thread_id":"t2"}\n\n', hello]))

    expect(await eventsOf(start({ fetch }, { threadRef: 't1' }))).toEqual([
      { type: 'run_start' },
      { type: 'error', error: { code: 'thread-conflict' } },
      { type: 'message_final', text: 'Hello' },
    ])
  })

  it('ends quietly and closes the body when it is left', async () => {
    const leaving = new AbortController()
    const { fetch } = stubFetch(streamOf([hello], { staysOpen: true }))
    const batches = start({ fetch }, {}, leaving.signal)[Symbol.asyncIterator]()
    await batches.next()

    const waiting = batches.next()
    leaving.abort()

    expect(await waiting).toEqual({ done: true, value: undefined })
  })
})

describe('fluoTransport, what goes wrong', () => {
  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [422, 'invalid'],
    [429, 'rate-limited'],
    [500, 'upstream'],
  ] as const)('throws a %i as %s with its facts (F17)', async (status, code) => {
    const { fetch } = stubFetch(
      jsonOf(status, { detail: 'Why', type: 'Kind' }, { 'x-request-id': 'req' }),
    )

    expect(await errorOf(start({ fetch }))).toEqual({
      code,
      status,
      detail: 'Why',
      type: 'Kind',
      requestId: 'req',
    })
  })

  it.each([
    [{ detail: [{ loc: ['body', 'query'], msg: 'Field required' }] }, 'body.query: Field required'],
    [{ detail: { message: 'Deep' } }, 'Deep'],
  ])('reads the detail of %j (F17)', async (body, detail) => {
    const { fetch } = stubFetch(jsonOf(422, body))

    expect(await errorOf(start({ fetch }))).toMatchObject({ code: 'invalid', detail })
  })

  it('throws a 404 as forbidden for a new thread and as thread-gone for one that is continued (F68)', async () => {
    const { fetch } = stubFetch(() => jsonOf(404, { detail: 'Not found' }))

    expect(await errorOf(start({ fetch }))).toMatchObject({ code: 'forbidden' })
    expect(await errorOf(start({ fetch }, { threadRef: 't1' }))).toMatchObject({
      code: 'thread-gone',
    })
  })

  it('reads Retry-After', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1000 })
    const { fetch } = stubFetch(jsonOf(429, {}, { 'retry-after': '5' }))

    const error = await errorOf(start({ fetch }))
    vi.useRealTimers()

    expect(error).toEqual({ code: 'rate-limited', status: 429, retryAt: 6000 })
  })

  it.each([301, 302, 303, 307, 308])(
    'throws a redirect %i as upstream and follows it nowhere (F16) (T04)',
    async (status) => {
      const answer = new Response(null, { status, headers: { location: 'https://evil.example' } })
      const { fetch, calls } = stubFetch(answer)

      expect(await errorOf(start({ fetch }))).toEqual({ code: 'upstream', status })
      expect(calls).toHaveLength(1)
    },
  )

  it('throws a redirect that a browser hides as upstream (F16)', async () => {
    const answer = Object.defineProperties(Response.error(), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    })
    const { fetch } = stubFetch(answer)

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'upstream', status: 302 })
  })

  it('throws an HTML page with a 200 as not-a-stream, without keeping its text (F13)', async () => {
    const page = new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } })
    const { fetch } = stubFetch(page)

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'not-a-stream', status: 200 })
  })

  it('throws an HTML page with a 502 as upstream, without keeping its text', async () => {
    const page = new Response('<h1>Bad gateway</h1>', {
      status: 502,
      headers: { 'content-type': 'text/html' },
    })
    const { fetch } = stubFetch(page)

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'upstream', status: 502 })
  })

  it('throws JSON with a 200 as not-a-stream, with its detail (F14)', async () => {
    const { fetch } = stubFetch(jsonOf(200, { detail: 'No stream today' }))

    expect(await errorOf(start({ fetch }))).toEqual({
      code: 'not-a-stream',
      status: 200,
      detail: 'No stream today',
    })
  })

  it.each(['text/event-stream', 'TEXT/Event-Stream;charset=UTF-8', ' text/event-stream ; x=y'])(
    'takes %j for a stream',
    async (type) => {
      const { fetch } = stubFetch(new Response(hello, { headers: { 'content-type': type } }))

      expect(await eventsOf(start({ fetch }))).toHaveLength(1)
    },
  )

  it.each(['text/event-streams', 'text/plain', 'application/json, text/event-stream'])(
    'takes %j for no stream',
    async (type) => {
      const { fetch } = stubFetch(new Response(hello, { headers: { 'content-type': type } }))

      expect(await errorOf(start({ fetch }))).toMatchObject({ code: 'not-a-stream' })
    },
  )

  it.each([
    [204, new Response(null, { status: 204 })],
    [200, new Response(null, { headers: { 'content-type': 'text/event-stream' } })],
  ])('throws a %i without a body as empty (F15)', async (status, answer) => {
    const { fetch } = stubFetch(answer)

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'empty', status })
  })

  it('throws network when nothing answers (F01)', async () => {
    const { fetch, calls } = stubFetch(new TypeError('fetch failed'))

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'network' })
    expect(calls).toHaveLength(1)
  })

  it('throws network when the body breaks, after the events before', async () => {
    let pulls = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1
        if (pulls === 1) controller.enqueue(new TextEncoder().encode(hello))
        else controller.error(new TypeError('terminated'))
      },
    })
    const answer = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const batches = start({ fetch: stubFetch(answer).fetch })[Symbol.asyncIterator]()

    expect((await batches.next()).value).toHaveLength(1)
    await expect(batches.next()).rejects.toMatchObject({ error: { code: 'network' } })
  })

  it('throws too-large for a huge event (F28)', async () => {
    const { fetch } = stubFetch(streamOf([`data: ${'x'.repeat(2 * 1024 * 1024)}\n\n`]))

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'too-large' })
  })

  it('reads an endless refusal only so far, and closes it', async () => {
    let isCancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(16 * 1024).fill(120)),
      cancel: () => void (isCancelled = true),
    })
    const { fetch } = stubFetch(new Response(body, { status: 500 }))

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'upstream', status: 500 })
    expect(isCancelled).toBe(true)
  })

  it('takes a refusal whose body breaks for what its status says', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError('terminated')),
    })
    const { fetch } = stubFetch(new Response(body, { status: 403 }))

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'forbidden', status: 403 })
  })

  it('names no text, key or thread in the message of what it throws', async () => {
    const { fetch } = stubFetch(jsonOf(404, { detail: 'thread_secret is not there' }))
    const batches = start({ fetch }, { threadRef: 'thread_secret' })[Symbol.asyncIterator]()

    const thrown = await batches.next().catch((reason: unknown) => String(reason))

    expect(thrown).toBe('FluoFault: Fluo: thread-gone (HTTP 404)')
  })
})
