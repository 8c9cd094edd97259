import { describe, expect, it } from 'vitest'
import { fakeUpstream, stream } from '../__fixtures__/fake-upstream.ts'
import { apiKey, call, errorOf, rawThread, start, testRelay } from '../__fixtures__/test-relay.ts'

const hello = stream(
  `event: run_start\ndata: {"thread_id":"${rawThread}"}`,
  'event: message_final\ndata: {"text":"Hello"}',
)

describe('authorizeRequest', () => {
  it('answers 401 when authorize says null, before it says anything about agents or threads', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url, { authorize: () => null })

    for (const over of [{}, { agentId: 'unlisted' }, { threadRef: 'thread_1' }]) {
      const response = await relay(call(start(over)))

      expect(response.status).toBe(401)
      expect(await errorOf(response)).toEqual({ code: 'unauthorized', status: 401 })
    }
    expect(upstream.requests).toHaveLength(0)
  })

  it('passes on what authorize answers, and hides what it throws', async () => {
    const teapot = testRelay('http://127.0.0.1:1', {
      authorize: () => new Response('no', { status: 418 }),
    })
    const broken = testRelay('http://127.0.0.1:1', {
      authorize: () => {
        throw new Error(`no database at ${apiKey}\nlevel=info fake line`)
      },
    })

    const response = await broken.relay(call(start()))

    expect((await teapot.relay(call(start()))).status).toBe(418)
    expect(response.status).toBe(500)
    expect(await errorOf(response)).toEqual({ code: 'upstream', status: 500 })
    expect(broken.log).toEqual([
      expect.objectContaining({
        level: 'error',
        detail: String.raw`authorize threw: no database at [hidden]\u{a}level=info fake line`,
      }),
    ])
  })

  it.each([['a\r\nx-injected: 1'], ['a\0b'], ['caf\u00e9 \u20ac']])(
    'answers 500 where authorize returns the header %j, and logs no value of it (T16)',
    async (value) => {
      const { relay, log } = testRelay('http://127.0.0.1:1', {
        authorize: () => ({ userId: 'ann', headers: { 'set-cookie': `session-canary=${value}` } }),
      })

      const response = await relay(call(start()))

      expect(response.status).toBe(500)
      expect(response.headers.has('set-cookie')).toBe(false)
      expect(log).toEqual([
        expect.objectContaining({
          status: 500,
          detail: 'authorize returned headers that no answer can carry.',
        }),
      ])
    },
  )

  it('gives authorize the URL, method, headers and signal, and no body', async () => {
    const upstream = await fakeUpstream(hello)
    const left = new AbortController()
    let given: Request | undefined
    const { relay } = testRelay(upstream.url, {
      authorize: (request) => {
        given = request
        return { userId: 'ann' }
      },
    })

    const request = call(start(), { cookie: 'session=1', authorization: 'Bearer 1' }, left.signal)
    const text = await (await relay(request)).text()

    expect(text).toContain('Hello')
    expect(given).toMatchObject({ url: 'http://app.example/api/fluo', method: 'POST', body: null })
    expect([...(given?.headers ?? [])]).toEqual([...request.headers])
    left.abort()
    expect(given?.signal.aborted).toBe(true)
  })

  it.each([
    ['no JSON', '{'],
    ['a body over the limit', start({ input: { query: 'x'.repeat(1024 * 1024) } })],
  ])('asks who it is before it reads %s', async (_, body) => {
    const { relay, log } = testRelay('http://127.0.0.1:1', { authorize: () => null })
    const request = call(body)

    const response = await relay(request)

    expect(response.status).toBe(401)
    expect(request.bodyUsed).toBe(false)
    expect(log).toEqual([expect.objectContaining({ event: 'refused', status: 401 })])
  })

  it('looks at where a request comes from before it asks who it is', async () => {
    let asked = 0
    const { relay } = testRelay('http://127.0.0.1:1', {
      authorize: () => {
        asked += 1
        return null
      },
    })

    expect((await relay(call(start(), { 'sec-fetch-site': 'cross-site' }))).status).toBe(403)
    expect(asked).toBe(0)
  })

  it('puts the headers of authorize on every answer after it, and lets none be stored (T36)', async () => {
    const upstream = await fakeUpstream(hello)
    const headers = [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ] as [string, string][]
    const { relay } = testRelay(upstream.url, {
      authorize: () => ({ userId: 'ann', headers }),
      beforeRun: ({ input }) =>
        input.query === 'deny' ? new Response(null, { status: 429 }) : undefined,
    })

    for (const [body, status] of [
      [start(), 200],
      ['{', 422],
      [start({ agentId: 'unlisted' }), 403],
      [start({ threadRef: 'x' }), 404],
      [start({ runId: 'run-2', input: { query: 'deny' } }), 429],
      [{ op: 'stop', runId: 'none', agentId: 'helper' }, 204],
    ] as const) {
      const response = await relay(call(body))

      expect(response.status).toBe(status)
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
      expect(response.headers.get('cache-control')).toContain('no-store')
      await response.body?.cancel()
    }
  })
})
