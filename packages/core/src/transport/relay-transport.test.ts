import { afterEach, describe, expect, it, vi } from 'vitest'
import { jsonOf, streamOf, stubFetch } from '../__fixtures__/stub-fetch.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { relayTransport, type RelayTransportOptions } from './relay-transport.ts'
import type { EventBatches, RunCursor } from './transport.ts'

const url = '/api/fluo'
const request: RunRequest = {
  runId: 'run-1',
  agentId: 'agent_123',
  threadRef: 'sealed',
  input: { query: 'Hi' },
}
const cursor: RunCursor = { runId: 'run-1', agentId: 'agent_123', after: '7' }
const hello = 'id: 7\ndata: {"type":"message_final","text":"Hello"}\n\n'

function start(
  options: Partial<RelayTransportOptions>,
  run: Partial<RunRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): EventBatches {
  return relayTransport({ url, ...options }).start({ ...request, ...run }, signal)
}

async function eventsOf(batches: EventBatches): Promise<readonly FluoEvent[]> {
  const events: FluoEvent[] = []
  for await (const batch of batches) events.push(...batch.map(({ event }) => event))
  return events
}

async function errorOf(batches: EventBatches): Promise<unknown> {
  const thrown: unknown = await eventsOf(batches).then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  )
  return (thrown as { error?: unknown }).error ?? thrown
}

afterEach(() => void vi.unstubAllGlobals())

describe('relayTransport, a start', () => {
  it('posts the whole call to the one URL, with nothing of the thread in it (T09)', async () => {
    const { fetch, calls } = stubFetch(streamOf([hello]))

    await eventsOf(start({ fetch }))

    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      url: '/api/fluo',
      body: {
        op: 'start',
        runId: 'run-1',
        agentId: 'agent_123',
        threadRef: 'sealed',
        input: { query: 'Hi' },
      },
      init: { method: 'POST', redirect: 'manual', cache: 'no-store', credentials: 'same-origin' },
    })
    expect(Object.fromEntries(calls[0]?.headers ?? [])).toEqual({
      accept: 'text/event-stream',
      'content-type': 'application/json',
    })
  })

  it('takes credentials and headers of the application', async () => {
    const { fetch, calls } = stubFetch(streamOf([hello]))

    await eventsOf(
      start({
        fetch,
        credentials: 'include',
        headers: async () => [['authorization', 'Bearer a']],
      }),
    )

    expect(calls[0]?.init.credentials).toBe('include')
    expect(calls[0]?.headers.get('authorization')).toBe('Bearer a')
  })

  it('uses the fetch of the page without a this', async () => {
    const { fetch, calls } = stubFetch(() => streamOf([hello]))
    vi.stubGlobal('fetch', fetch)
    const transport = relayTransport({ url })

    await eventsOf(transport.start(request, new AbortController().signal))
    await transport.stop?.(cursor)

    expect(calls).toHaveLength(2)
  })

  it('reads canonical events with their cursors, and keeps what is none as unknown', async () => {
    const texts = [
      hello,
      ': ping\n\n',
      'data: <html>\n\n',
      'event: run_start\ndata: {"thread_id":"raw"}\n\n',
    ]
    const { fetch } = stubFetch(streamOf(texts))
    const batches: unknown[] = []

    for await (const batch of start({ fetch })) batches.push(batch)

    expect(batches).toEqual([
      [{ cursor: '7', event: { type: 'message_final', text: 'Hello' } }],
      [],
      [{ cursor: '7', event: { type: 'unknown', event: '', raw: '<html>' } }],
      [{ cursor: '7', event: { type: 'unknown', event: '', raw: '{"thread_id":"raw"}' } }],
    ])
  })

  it('ends quietly when it is left', async () => {
    const leaving = new AbortController()
    const { fetch } = stubFetch(streamOf([hello], { staysOpen: true }))
    const batches = start({ fetch }, {}, leaving.signal)[Symbol.asyncIterator]()
    await batches.next()

    const waiting = batches.next()
    leaving.abort()

    expect(await waiting).toEqual({ done: true, value: undefined })
  })
})

describe('relayTransport, a refusal', () => {
  it("takes the relay's own facts", async () => {
    const error = { code: 'thread-gone', status: 404, requestId: 'req', x: 'not a fact' }
    const { fetch } = stubFetch(jsonOf(404, { error }))

    expect(await errorOf(start({ fetch }))).toEqual({
      code: 'thread-gone',
      status: 404,
      requestId: 'req',
    })
  })

  it.each([
    [429, { 'retry-after': '0' }, 'rate-limited'],
    [403, {}, 'forbidden'],
    [413, {}, 'too-large'],
  ] as const)(
    'takes the status %i of what stands in front of the relay',
    async (status, headers, code) => {
      const { fetch } = stubFetch(
        new Response('<h1>no</h1>', {
          status,
          headers: { 'content-type': 'text/html', ...headers },
        }),
      )

      expect(await errorOf(start({ fetch }))).toMatchObject({ code, status })
    },
  )

  it.each([{ error: { code: 'nonsense' } }, { error: 'words' }, { detail: 'Not Found' }, []])(
    'makes what it can of %j',
    async (body) => {
      const { fetch } = stubFetch(jsonOf(400, body))

      expect(await errorOf(start({ fetch }))).toMatchObject({ code: 'invalid', status: 400 })
    },
  )

  it.each([500, 502, 503, 504, 520])(
    'counts a %i that is not its own as a lost answer, which the relay may have heard of (F20)',
    async (status) => {
      const page = (): Response => new Response('<h1>Oh</h1>', { status })
      const { fetch } = stubFetch(page, () => jsonOf(status, { error: 'words' }))

      expect(await errorOf(start({ fetch }))).toEqual({ code: 'network', status })
      expect(await errorOf(start({ fetch }))).toMatchObject({ code: 'network', status })
    },
  )

  it.each([500, 503])('takes its own %i for what it says: nothing ran', async (status) => {
    const error = { code: 'upstream', status, requestId: 'req' }
    const { fetch } = stubFetch(jsonOf(status, { error }))

    expect(await errorOf(start({ fetch }))).toEqual(error)
  })

  it('keeps a Retry-After beside the facts of the relay', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1000 })
    const { fetch } = stubFetch(jsonOf(429, { error: { code: 'limit' } }, { 'retry-after': '5' }))

    const error = await errorOf(start({ fetch }))
    vi.useRealTimers()

    expect(error).toEqual({ code: 'limit', status: 429, retryAt: 6000 })
  })

  it.each([
    ['a redirect', () => new Response(null, { status: 302 }), 'upstream'],
    [
      'a page',
      () => new Response('<h1>', { headers: { 'content-type': 'text/html' } }),
      'not-a-stream',
    ],
    ['nothing', () => new Response(null, { status: 204 }), 'empty'],
  ])('throws for %s', async (_, answer, code) => {
    const { fetch } = stubFetch(answer)

    expect(await errorOf(start({ fetch }))).toMatchObject({ code })
  })

  it('asks once when nothing answers (F01)', async () => {
    const { fetch, calls } = stubFetch(new TypeError('fetch failed'))

    expect(await errorOf(start({ fetch, onUnauthorized: async () => true }))).toEqual({
      code: 'network',
    })
    expect(calls).toHaveLength(1)
  })
})

describe('relayTransport with onUnauthorized', () => {
  const refused = (): Response => jsonOf(401, { error: { code: 'unauthorized' } })

  it('asks again once, with fresh headers and the same run, when it says yes (F67)', async () => {
    const { fetch, calls } = stubFetch(refused, () => streamOf([hello]))
    let token = 'old'
    const onUnauthorized = vi.fn<() => Promise<boolean>>(async () => {
      token = 'new'
      return true
    })

    const events = await eventsOf(
      start({ fetch, onUnauthorized, headers: () => ({ authorization: token }) }),
    )

    expect(events).toHaveLength(1)
    expect(calls.map(({ headers }) => headers.get('authorization'))).toEqual(['old', 'new'])
    expect(calls[1]?.body).toEqual(calls[0]?.body)
    expect(onUnauthorized).toHaveBeenCalledTimes(1)
  })

  it('asks again once and only once (F67)', async () => {
    const { fetch, calls } = stubFetch(refused)
    const onUnauthorized = vi.fn<() => Promise<boolean>>(async () => true)

    expect(await errorOf(start({ fetch, onUnauthorized }))).toMatchObject({ code: 'unauthorized' })

    expect(calls).toHaveLength(2)
    expect(onUnauthorized).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['says no', async () => false],
    ['fails', () => Promise.reject(new Error('signed out'))],
    [
      'throws',
      () => {
        throw new Error('a bug in an application')
      },
    ],
  ])('throws unauthorized when it %s', async (_, onUnauthorized) => {
    const { fetch, calls } = stubFetch(refused)

    expect(await errorOf(start({ fetch, onUnauthorized }))).toEqual({
      code: 'unauthorized',
      status: 401,
    })
    expect(calls).toHaveLength(1)
  })

  it('throws unauthorized when there is none', async () => {
    const { fetch, calls } = stubFetch(refused)

    expect(await errorOf(start({ fetch }))).toEqual({ code: 'unauthorized', status: 401 })
    expect(calls).toHaveLength(1)
  })

  it.each([403, 429, 500])('asks nobody after a %i (F20)', async (status) => {
    const { fetch, calls } = stubFetch(() => jsonOf(status, {}))
    const onUnauthorized = vi.fn<() => Promise<boolean>>(async () => true)

    await errorOf(start({ fetch, onUnauthorized }))

    expect(onUnauthorized).not.toHaveBeenCalled()
    expect(calls).toHaveLength(1)
  })
})

describe('relayTransport, a stop', () => {
  it('posts the run, with fresh headers, so that it outlives the page', async () => {
    const { fetch, calls } = stubFetch(new Response(null, { status: 204 }))

    await relayTransport({ url, fetch, headers: () => ({ authorization: 'Bearer a' }) }).stop?.(
      cursor,
    )

    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      url: '/api/fluo',
      body: { op: 'stop', runId: 'run-1', agentId: 'agent_123' },
      init: { method: 'POST', keepalive: true, redirect: 'manual', credentials: 'same-origin' },
    })
    expect(calls[0]?.headers.get('content-type')).toBe('application/json')
    expect(calls[0]?.headers.get('authorization')).toBe('Bearer a')
  })

  it('is sent again once after a 401, with fresh headers (F67)', async () => {
    const { fetch, calls } = stubFetch(
      () => jsonOf(401, { error: { code: 'unauthorized' } }),
      () => new Response(null, { status: 204 }),
    )
    let token = 'old'
    const onUnauthorized = async (): Promise<boolean> => {
      token = 'new'
      return true
    }
    const headers = (): HeadersInit => ({ authorization: token })

    await relayTransport({ url, fetch, onUnauthorized, headers }).stop?.(cursor)

    expect(calls.map((call) => call.headers.get('authorization'))).toEqual(['old', 'new'])
    expect(calls[1]?.body).toEqual(calls[0]?.body)
    expect(calls[1]?.init.keepalive).toBe(true)
  })

  it.each([
    ['a refusal of the relay', jsonOf(403, { error: { code: 'forbidden' } }), 'forbidden', 403],
    ['its own 500', jsonOf(500, { error: { code: 'upstream' } }), 'upstream', 500],
    ['a 401 again', jsonOf(401, {}), 'unauthorized', 401],
    ["a proxy's 502", new Response('<h1>Oh</h1>', { status: 502 }), 'network', 502],
    ['a redirect', new Response(null, { status: 302 }), 'upstream', 302],
  ])('is not believed to have been heard after %s', async (_, answer, code, status) => {
    const { fetch } = stubFetch(answer)

    await expect(relayTransport({ url, fetch }).stop?.(cursor)).rejects.toMatchObject({
      error: { code, status },
    })
  })

  it('says so when nothing answers', async () => {
    const { fetch, calls } = stubFetch(new TypeError('fetch failed'))

    await expect(relayTransport({ url, fetch }).stop?.(cursor)).rejects.toMatchObject({
      error: { code: 'network' },
    })
    expect(calls).toHaveLength(1)
  })
})
