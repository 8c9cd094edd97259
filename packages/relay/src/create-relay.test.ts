import { describe, expect, it } from 'vitest'
import { fakeUpstream, stream } from './__fixtures__/fake-upstream.ts'
import {
  apiKey,
  call,
  errorOf,
  projectId,
  rawThread,
  start,
  testRelay,
} from './__fixtures__/test-relay.ts'

const runStart = `event: run_start\ndata: {"thread_id":"${rawThread}"}`
const hello = stream(
  runStart,
  'event: message_delta\ndata: {"delta":"Hel"}',
  'event: message_delta\ndata: {"delta":"lo"}',
  'event: message_final\ndata: {"text":"Hello"}',
)

describe('createRelay', () => {
  it('asks Fluo with exactly the documented request and streams canonical events', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url, { fileHosts: ['files.example'] })
    const input = {
      query: 'Compare.',
      documents: ['https://files.example/a.pdf'],
      metadata: { source: 'test' },
    }

    const response = await relay(
      call(start({ input }), { 'x-api-key': 'mine', cookie: 'a=b', 'x-forwarded-for': '1.2.3.4' }),
    )
    const text = await response.text()

    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'fluokit-run-end': 'marked',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
    })
    expect(text.split('\n\n').slice(1)).toEqual([
      'id: 2\ndata: {"type":"message_delta","text":"Hel"}',
      'id: 3\ndata: {"type":"message_delta","text":"lo"}',
      'id: 4\ndata: {"type":"message_final","text":"Hello"}',
      'data: {"type":"run_end","end":"done"}',
      '',
    ])
    const [asked] = upstream.requests
    expect(asked?.method).toBe('POST')
    expect(asked?.url).toBe('/api/v1/agents/helper/stream/threads')
    expect(JSON.parse(asked?.body ?? '')).toEqual(input)
    expect(asked?.headers).toMatchObject({
      'x-api-key': apiKey,
      'x-project-id': projectId,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    })
    expect(asked?.headers).not.toHaveProperty('cookie')
    expect(asked?.headers).not.toHaveProperty('x-user')
    expect(asked?.headers).not.toHaveProperty('x-forwarded-for')
  })

  it('refuses an agent that is not listed, and says in the log which option lists it', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay, log } = testRelay(upstream.url)

    for (const agentId of ['unlisted', '../helper', 'helper?x', 'helper#', 'HELPER', 'helper ']) {
      const response = await relay(call(start({ agentId })))

      expect(response.status).toBe(403)
      expect(await errorOf(response)).toEqual({ code: 'forbidden', status: 403 })
    }
    expect(upstream.requests).toHaveLength(0)
    expect(log[0]?.detail).toBe('The relay\'s option agents does not list "unlisted".')
  })

  it.each([
    ['no JSON', '{', 422, 'invalid'],
    ['an unknown key', { ...start(), apiKey: 'mine' }, 422, 'invalid'],
    [
      'a file of a host that is not listed',
      start({ input: { query: '', images: ['https://a.example/'] } }),
      422,
      'invalid',
    ],
    [
      'a body over the limit',
      start({ input: { query: 'x'.repeat(1024 * 1024) } }),
      413,
      'too-large',
    ],
  ])('refuses %s', async (_, body, status, code) => {
    const upstream = await fakeUpstream(hello)
    const { relay, log } = testRelay(upstream.url)

    const response = await relay(call(body))

    expect(response.status).toBe(status)
    expect(await errorOf(response)).toEqual({ code, status })
    expect(upstream.requests).toHaveLength(0)
    expect(log).toEqual([expect.objectContaining({ event: 'refused', status, code })])
  })

  it('names the option in the log when it refuses a file', async () => {
    const { relay, log } = testRelay('http://127.0.0.1:1')

    await relay(call(start({ input: { query: '', documents: ['https://a.example/'] } })))

    expect(log[0]?.detail).toContain('fileHosts')
  })

  it("merges metadata of beforeRun over the browser's", async () => {
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url, {
      beforeRun: ({ userId }) => ({ metadata: { plan: `paid by ${userId}` } }),
    })

    await (
      await relay(call(start({ input: { query: 'a', metadata: { plan: 'free', source: 'web' } } })))
    ).text()

    expect(JSON.parse(upstream.requests[0]?.body ?? '')).toEqual({
      query: 'a',
      metadata: { plan: 'paid by ann', source: 'web' },
    })
  })

  it('hashes users and threads in the log, the same way each time', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay, log } = testRelay(upstream.url)

    for (const runId of ['run-1', 'run-2']) await (await relay(call(start({ runId })))).text()

    const ends = log.filter(({ event }) => event === 'run-end')
    expect(ends).toHaveLength(2)
    expect(ends[0]).toMatchObject({ end: 'done', agentId: 'helper', runId: 'run-1' })
    expect(ends[0]?.user).toMatch(/^[\w-]{12}$/)
    expect(ends[0]?.thread).toMatch(/^[\w-]{12}$/)
    expect(ends[1]).toMatchObject({ user: ends[0]?.user, thread: ends[0]?.thread })
  })

  it('does not let a logger that throws reach a run', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url, {
      log: () => {
        throw new Error('disk full')
      },
    })

    expect(await (await relay(call(start()))).text()).toContain('Hello')
  })
})
