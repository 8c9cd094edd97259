import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fakeUpstream, refuse, stream } from '../__fixtures__/fake-upstream.ts'
import {
  call,
  errorOf,
  eventsOf,
  handleOf,
  rawThread,
  sealKey,
  start,
  testRelay,
} from '../__fixtures__/test-relay.ts'

const runStart = `event: run_start\ndata: {"thread_id":"${rawThread}"}`
const hello = stream(
  runStart,
  'event: message_delta\ndata: {"delta":"Hel"}',
  'event: message_delta\ndata: {"delta":"lo"}',
  'event: message_final\ndata: {"text":"Hello"}',
)

describe('createThreadHandle', () => {
  it('continues a thread by its handle, which stays the same under the same key', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url)
    const threadRef = handleOf(await (await relay(call(start()))).text())

    const text = await (await relay(call(start({ runId: 'run-2', threadRef })))).text()

    expect(upstream.requests[1]?.url).toBe(
      `/api/v1/agents/helper/stream/threads?thread_id=${rawThread}`,
    )
    expect(handleOf(text)).toBe(threadRef)
  })

  it('takes a handle of an older key, seals it anew under the first, and knows it until its key goes (T06)', async () => {
    const upstream = await fakeUpstream(hello)
    const oldKey = { id: 'a', key: sealKey }
    const newKey = { id: 'b', key: Uint8Array.from(sealKey).reverse() }
    const relayWith = (...sealKeys: (typeof oldKey)[]) =>
      testRelay(upstream.url, { sealKeys }).relay
    const old = handleOf(await (await relayWith(oldKey)(call(start()))).text())
    const rotated = relayWith(newKey, oldKey)

    const text = await (await rotated(call(start({ runId: 'run-2', threadRef: old })))).text()
    const fresh = handleOf(text)
    const again = await rotated(call(start({ runId: 'run-3', threadRef: fresh })))
    const without = relayWith(newKey)
    const gone = await without(call(start({ runId: 'run-4', threadRef: old })))
    const kept = await without(call(start({ runId: 'run-5', threadRef: fresh })))

    expect(fresh).toMatch(/^2\.b\./)
    expect(handleOf(await again.text())).toBe(fresh)
    expect(await errorOf(gone)).toEqual({ code: 'thread-gone', status: 404 })
    expect(handleOf(await kept.text())).toBe(fresh)
    expect(upstream.requests.slice(1).map(({ url }) => url)).toEqual(
      Array.from(
        { length: 3 },
        () => `/api/v1/agents/helper/stream/threads?thread_id=${rawThread}`,
      ),
    )
  })

  it('renews a handle that is past half its life with each run, and takes none that is past it (T06)', async () => {
    const day = 24 * 60 * 60_000
    const at = (days: number): void => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1) + days * day })
    }
    onTestFinished(() => void vi.useRealTimers())
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url, { threadLifetimeMs: 10 * day })
    let runs = 0
    const ask = async (threadRef: string | null): Promise<Response> => {
      runs += 1
      return relay(call(start({ runId: `run-${runs}`, threadRef })))
    }
    at(0)
    const first = handleOf(await (await ask(null)).text())

    at(4)
    expect(handleOf(await (await ask(first)).text())).toBe(first)
    at(6)
    const second = handleOf(await (await ask(first)).text())
    expect(second).not.toBe(first)
    at(11)
    const expired = await ask(first)
    expect(await errorOf(expired)).toEqual({ code: 'thread-gone', status: 404 })
    expect((await ask(second)).status).toBe(200)
    expect(upstream.requests).toHaveLength(4)
  })

  it("opens each user's and agent's own threads, and answers any other like one that is unknown (T05)", async () => {
    let threads = 0
    const upstream = await fakeUpstream((response) => {
      threads += 1
      stream(`event: run_start\ndata: {"thread_id":"thread_number_${threads}"}`)(response)
    })
    const { relay } = testRelay(upstream.url)
    const owners = ['ann', 'bob', 'Ann', 'ann '].flatMap((user) =>
      ['helper', 'other'].map((agentId) => ({ user, agentId })),
    )
    let runs = 0
    const ask = async (owner: (typeof owners)[number], threadRef: string | null) => {
      runs += 1
      const { user, agentId } = owner
      // Encoded, because a header would lose the space.
      const request = call(start({ runId: `run-${runs}`, agentId, threadRef }), {
        'x-user': encodeURIComponent(user),
      })
      return relay(request)
    }
    const handles: string[] = []
    for (const owner of owners) handles.push(handleOf(await (await ask(owner, null)).text()))

    const statuses = await Promise.all(
      owners.map(async (owner) =>
        Promise.all(handles.map(async (handle) => (await ask(owner, handle)).status)),
      ),
    )

    expect(statuses).toEqual(
      owners.map((_, row) => handles.map((_handle, column) => (row === column ? 200 : 404))),
    )
    expect(upstream.requests).toHaveLength(2 * owners.length)
  })

  it('gives one handle for one thread, however often a run shows it', async () => {
    const upstream = await fakeUpstream(
      stream(runStart, `data: {"type":"message_delta","text":"a","thread_id":"${rawThread}"}`),
    )
    const onThread = vi.fn<(thread: unknown) => void>(() => {
      throw new Error('database down')
    })
    const { relay, log } = testRelay(upstream.url, { onThread })

    const events = eventsOf(await (await relay(call(start()))).text())

    const threadRef = expect.stringMatching(/^2\.a\./) as unknown
    expect(events).toEqual([
      { type: 'run_start', threadRef },
      { type: 'message_delta', text: 'a', threadRef },
    ])
    expect(new Set(events.map((event) => 'threadRef' in event && event.threadRef)).size).toBe(1)
    expect(onThread.mock.calls).toEqual([
      [{ userId: 'ann', agentId: 'helper', threadId: rawThread, threadRef }],
    ])
    expect(log).toContainEqual(
      expect.objectContaining({ event: 'hook-failed', detail: 'onThread threw: database down' }),
    )
  })

  it.each([
    ['of 1024 letters', 'x'.repeat(1024)],
    ['of 1024 characters of three bytes each', '\u20ac'.repeat(1024)],
  ])('continues a thread with an ID %s', async (_, long) => {
    const upstream = await fakeUpstream(
      stream(`event: run_start\ndata: ${JSON.stringify({ thread_id: long })}`),
    )
    const { relay } = testRelay(upstream.url)
    const threadRef = handleOf(await (await relay(call(start()))).text())

    const text = await (await relay(call(start({ runId: 'run-2', threadRef })))).text()

    expect(handleOf(text)).toBe(threadRef)
    expect(upstream.requests[1]?.url).toContain(`?thread_id=${encodeURIComponent(long)}`)
  })

  it('goes on without a handle for an ID that is too long to be sealed, and logs it once', async () => {
    const long = 'thread_'.padEnd(1025, 'x')
    const upstream = await fakeUpstream(
      stream(
        `event: run_start\ndata: ${JSON.stringify({ thread_id: long })}`,
        `event: message_delta\ndata: ${JSON.stringify({ delta: `I am ${long}`, thread_id: long })}`,
        `event: message_final\ndata: ${JSON.stringify({ text: 'Hello', thread_id: long })}`,
      ),
    )
    const onThread = vi.fn<() => void>()
    const { relay, log } = testRelay(upstream.url, { onThread })

    const text = await (await relay(call(start()))).text()

    expect(eventsOf(text)).toEqual([
      { type: 'run_start' },
      { type: 'message_delta', text: `I am ${long}` },
      { type: 'message_final', text: 'Hello' },
    ])
    expect(log.filter(({ event }) => event === 'not-sealed')).toEqual([
      expect.objectContaining({
        level: 'warn',
        thread: expect.any(String) as unknown,
        detail: expect.stringContaining('1024') as unknown,
      }),
    ])
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'done' })
    expect(JSON.stringify(log)).not.toContain(long)
    expect(onThread).not.toHaveBeenCalled()
  })

  it('keeps the first thread of a run that names another one, and says so once', async () => {
    const other = 'event: message_delta\ndata: {"delta":"Hi","thread_id":"thread_of_bob"}'
    const final = 'event: message_final\ndata: {"content":"Hi","thread_id":"thread_of_bob"}'
    const upstream = await fakeUpstream(stream(runStart, other, final))
    const { relay } = testRelay(upstream.url)

    const text = await (await relay(call(start()))).text()

    const events = eventsOf(text)
    expect(events.map(({ type }) => type)).toEqual([
      'run_start',
      'message_delta',
      'error',
      'message_final',
    ])
    expect(events[2]).toMatchObject({ error: { code: 'thread-conflict' } })
    expect(events.filter((event) => 'threadRef' in event)).toHaveLength(1)
    expect(text).not.toContain('thread_of_bob')
  })

  it.each([
    ['another user', {}, { 'x-user': 'bob' }],
    ['another agent', { agentId: 'other' }, {}],
    ['a raw ID', { threadRef: rawThread }, {}],
    ['a forged handle', { threadRef: `2.a.${'A'.repeat(80)}` }, {}],
    ['an unknown key', { threadRef: `2.z.${'A'.repeat(80)}` }, {}],
    ['an empty handle', { threadRef: '' }, {}],
    ['a handle of any length', { threadRef: `2.a.${'A'.repeat(100_000)}` }, {}],
  ])(
    'answers the handle of %s as Fluo answers an unknown thread (F69) (T05)',
    async (_, over, headers) => {
      let isGone = false
      const upstream = await fakeUpstream((response) => {
        if (isGone) refuse(404, { detail: `Thread ${rawThread} not found` })(response)
        else hello(response)
      })
      const authorize = (request: Request): { userId: string; headers: HeadersInit } => ({
        userId: request.headers.get('x-user') ?? '',
        headers: { 'set-cookie': 'session=1' },
      })
      const { relay } = testRelay(upstream.url, { authorize })
      const threadRef = handleOf(await (await relay(call(start()))).text())
      isGone = true
      const gone = await relay(call(start({ runId: 'run-2', threadRef })))

      const foreign = await relay(call(start({ runId: 'run-3', threadRef, ...over }), headers))

      const masked = async (response: Response): Promise<unknown> => {
        const id = response.headers.get('x-request-id') ?? '-'
        return {
          status: response.status,
          headers: JSON.stringify([...response.headers]).replaceAll(id, 'ID'),
          body: (await response.text()).replaceAll(id, 'ID'),
        }
      }
      const answer = await masked(foreign)
      expect(answer).toEqual(await masked(gone))
      expect(answer).toMatchObject({
        status: 404,
        body: '{"error":{"code":"thread-gone","status":404,"requestId":"ID"}}',
      })
      expect(upstream.requests).toHaveLength(2)
    },
  )
})
