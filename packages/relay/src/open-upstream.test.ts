import { describe, expect, it } from 'vitest'
import { fakeUpstream, refuse, stream } from './__fixtures__/fake-upstream.ts'
import { apiKey, call, errorOf, handleOf, start, testRelay } from './__fixtures__/test-relay.ts'

const hello = stream(
  'event: run_start\ndata: {"thread_id":"thread_1"}',
  'event: message_delta\ndata: {"delta":"Hel"}',
  'event: message_delta\ndata: {"delta":"lo"}',
  'event: message_final\ndata: {"text":"Hello"}',
)

describe('openUpstream', () => {
  it.each([301, 302, 303, 307, 308])(
    'never follows a %i, nor carries the key along',
    async (status) => {
      const elsewhere = await fakeUpstream(hello)
      const upstream = await fakeUpstream((response) => {
        response.writeHead(status, { location: `${elsewhere.url}/steal` }).end('moved')
      })
      const { relay, log } = testRelay(upstream.url)

      const response = await relay(call(start()))

      expect(response.status).toBe(502)
      expect(await errorOf(response)).toEqual({ code: 'upstream', status: 502 })
      expect(response.headers.has('location')).toBe(false)
      expect(elsewhere.requests).toHaveLength(0)
      expect(log.at(-1)).toMatchObject({ level: 'error', upstreamStatus: status })
    },
  )

  it('encodes the agent and the thread into the URL', async () => {
    const upstream = await fakeUpstream(
      stream('event: run_start\ndata: {"thread_id":"a/../b?c&d=e"}'),
    )
    const { relay } = testRelay(upstream.url, { agents: ['a/b?c'] })
    const threadRef = handleOf(await (await relay(call(start({ agentId: 'a/b?c' })))).text())

    await (await relay(call(start({ agentId: 'a/b?c', threadRef })))).text()

    expect(upstream.requests[1]?.url).toBe(
      '/api/v1/agents/a%2Fb%3Fc/stream/threads?thread_id=a%2F..%2Fb%3Fc%26d%3De',
    )
  })

  it.each([
    [401, {}, 502, 'forbidden'],
    [403, {}, 502, 'forbidden'],
    [404, {}, 502, 'forbidden'],
    [400, {}, 422, 'invalid'],
    [422, {}, 422, 'invalid'],
    [413, {}, 413, 'too-large'],
    [409, {}, 409, 'thread-conflict'],
    [500, {}, 502, 'upstream'],
    [503, { 'retry-after': '5' }, 502, 'upstream'],
  ])("answers Fluo's %i with a safe code", async (upstreamStatus, headers, status, code) => {
    const upstream = await fakeUpstream(
      refuse(upstreamStatus, { detail: `no: ${apiKey}`, type: 'ValidationError' }, headers),
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
  ])('answers 502 for %s', async (_, answer, code) => {
    const upstream = await fakeUpstream(answer)
    const { relay } = testRelay(upstream.url)

    const response = await relay(call(start()))

    expect(response.status).toBe(502)
    expect(await errorOf(response)).toEqual({ code, status: 502 })
  })

  it('gives Fluo only so long to answer', async () => {
    const upstream = await fakeUpstream(() => undefined)
    const { relay } = testRelay(upstream.url, { limits: { firstByteMs: 20 } })

    const response = await relay(call(start()))

    expect(response.status).toBe(504)
    expect(await errorOf(response)).toEqual({ code: 'stalled', status: 504 })
    await upstream.requests[0]?.cut
  })
})
