import { describe, expect, it } from 'vitest'
import { fakeUpstream, refuse, stream } from '../__fixtures__/fake-upstream.ts'
import {
  apiKey,
  call,
  endMark,
  errorOf,
  handleOf,
  refusedFrame,
  start,
  testRelay,
} from '../__fixtures__/test-relay.ts'

const hello = stream(
  'event: run_start\ndata: {"thread_id":"thread_1"}',
  'event: message_delta\ndata: {"delta":"Hel"}',
  'event: message_delta\ndata: {"delta":"lo"}',
  'event: message_final\ndata: {"text":"Hello"}',
)

describe('openUpstream', () => {
  it.each([301, 302, 303, 307, 308])(
    'never follows a %i, nor carries the key along (T04)',
    async (status) => {
      const elsewhere = await fakeUpstream(hello)
      const upstream = await fakeUpstream((response) => {
        response.writeHead(status, { location: `${elsewhere.url}/steal` }).end('moved')
      })
      const { relay, log } = testRelay(upstream.url)

      const response = await relay(call(start()))

      expect(response.status).toBe(200)
      expect(await response.text()).toBe(refusedFrame(response, 'upstream'))
      expect(response.headers.has('location')).toBe(false)
      expect(elsewhere.requests).toHaveLength(0)
      expect(log.at(-1)).toMatchObject({ level: 'error', status: 200, upstreamStatus: status })
    },
  )

  it('calls fetch as a function of nothing, as Workers demand', async () => {
    const upstream = await fakeUpstream(hello)
    async function strictFetch(
      this: unknown,
      ...call: Parameters<typeof fetch>
    ): Promise<Response> {
      if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation')
      return fetch(...call)
    }
    const { relay } = testRelay(upstream.url, { fetch: strictFetch })

    const response = await relay(call(start()))

    expect(await response.text()).toContain('"text":"Hello"')
  })

  it('encodes the agent and the thread into the URL (T11)', async () => {
    const upstream = await fakeUpstream(
      stream('event: run_start\ndata: {"thread_id":"a/../b?c&d=e"}'),
    )
    const { relay } = testRelay(upstream.url, { agents: ['a/b?c'] })
    const threadRef = handleOf(await (await relay(call(start({ agentId: 'a/b?c' })))).text())

    await (await relay(call(start({ runId: 'run-2', agentId: 'a/b?c', threadRef })))).text()

    expect(upstream.requests[1]?.url).toBe(
      '/api/v1/agents/a%2Fb%3Fc/stream/threads?thread_id=a%2F..%2Fb%3Fc%26d%3De',
    )
  })

  it.each([
    [401, {}, 'forbidden'],
    [403, {}, 'forbidden'],
    [404, {}, 'forbidden'],
    [405, {}, 'upstream'],
    [500, {}, 'upstream'],
    [502, {}, 'upstream'],
    [503, { 'retry-after': '5' }, 'upstream'],
    [504, {}, 'upstream'],
  ])(
    "answers Fluo's %i in the stream, for it is not the asker's",
    async (upstreamStatus, headers, code) => {
      const upstream = await fakeUpstream(
        refuse(upstreamStatus, { detail: `no: ${apiKey}`, type: 'ValidationError' }, headers),
      )
      const { relay, log } = testRelay(upstream.url, {
        authorize: () => ({ userId: 'ann', headers: { 'set-cookie': 'a=1' } }),
      })

      const response = await relay(call(start()))

      expect(response.status).toBe(200)
      expect(Object.fromEntries(response.headers)).toEqual({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'fluokit-run-end': 'marked',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.any(String) as unknown,
        'set-cookie': 'a=1',
      })
      expect(await response.text()).toBe(refusedFrame(response, code))
      expect(log.at(-1)).toMatchObject({
        level: 'error',
        event: 'refused',
        status: 200,
        code,
        upstreamStatus,
        detail: 'no: [hidden]',
      })
    },
  )

  it.each([401, 403, 404, 422, 429])(
    'takes a run again that Fluo refused with %i, for it has not run',
    async (status) => {
      let isDown = true
      const upstream = await fakeUpstream((response) =>
        (isDown ? refuse(status, {}) : hello)(response),
      )
      const { relay } = testRelay(upstream.url)
      await (await relay(call(start()))).text()
      isDown = false

      expect(await (await relay(call(start()))).text()).toContain('Hello')
      expect(upstream.requests).toHaveLength(2)
    },
  )

  it.each([301, 400, 409, 413, 500, 502, 503, 504])(
    'never asks twice for a run that Fluo answered with %i, for it may have run (F20)',
    async (status) => {
      const upstream = await fakeUpstream(refuse(status, {}))
      const { relay } = testRelay(upstream.url)
      await (await relay(call(start()))).text()

      const again = await (await relay(call(start()))).text()

      expect(again).toContain('"type":"error"')
      expect(again).toContain(endMark('failed'))
      expect(upstream.requests).toHaveLength(1)
    },
  )

  it.each([
    [400, 422, 'invalid'],
    [422, 422, 'invalid'],
    [413, 413, 'too-large'],
    [409, 422, 'invalid'],
  ])("answers Fluo's %i with a safe code", async (upstreamStatus, status, code) => {
    const upstream = await fakeUpstream(
      refuse(upstreamStatus, { detail: `no: ${apiKey}`, type: 'ValidationError' }),
    )
    const { relay, log } = testRelay(upstream.url)

    const response = await relay(call(start()))

    expect(response.status).toBe(status)
    expect(await errorOf(response)).toEqual({ code, status })
    expect(log.at(-1)).toMatchObject({ status, code, upstreamStatus, detail: 'no: [hidden]' })
  })

  it('passes on when to try again', async () => {
    const upstream = await fakeUpstream(refuse(429, { detail: 'slow' }, { 'retry-after': '30' }))
    const { relay } = testRelay(upstream.url)
    const before = Date.now()

    const response = await relay(call(start()))
    const { retryAt, ...rest } = (await errorOf(response)) as { retryAt: number }

    expect(response.status).toBe(429)
    expect(rest).toEqual({ code: 'rate-limited', status: 429 })
    expect(retryAt).toBeGreaterThanOrEqual(before + 30_000)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it.each<[string, Parameters<typeof fakeUpstream>[0], string]>([
    [
      'a page',
      (r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'not-a-stream',
    ],
    ['no type', (r) => void r.writeHead(200).end('x'), 'not-a-stream'],
    ['no content', (r) => void r.writeHead(204).end(), 'empty'],
    ['an empty answer', (r) => void r.writeHead(200, { 'content-length': '0' }).end(), 'empty'],
    ['a dropped connection', (r) => void r.destroy(), 'network'],
  ])('answers %s in the stream', async (_, answer, code) => {
    const upstream = await fakeUpstream(answer)
    const { relay } = testRelay(upstream.url)

    const response = await relay(call(start()))

    expect(response.status).toBe(200)
    expect(await response.text()).toBe(refusedFrame(response, code))
  })

  it('gives Fluo only so long to answer (F08)', async () => {
    const upstream = await fakeUpstream(() => undefined)
    const { relay } = testRelay(upstream.url, { limits: { firstByteMs: 20 } })

    const response = await relay(call(start()))

    expect(response.status).toBe(200)
    expect(await response.text()).toBe(refusedFrame(response, 'stalled'))
    await upstream.requests[0]?.cut
  })
})
