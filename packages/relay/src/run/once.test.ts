import { describe, expect, it, vi } from 'vitest'
import { fakeUpstream, openStream, refuse, stream } from '../__fixtures__/fake-upstream.ts'
import { createRelay } from '../create-relay.ts'
import { createMemoryRunLog } from '../run-log/memory-run-log.ts'
import {
  call,
  endMark,
  errorOf,
  eventsOf,
  sealKey,
  start,
  testRelay,
} from '../__fixtures__/test-relay.ts'

const delta = (text: string): string => `event: message_delta\ndata: {"delta":"${text}"}`

describe('a run ID', () => {
  it('leads to one request to Fluo, however often it is asked for at once (T38)', async () => {
    const upstream = await fakeUpstream(stream(delta('a'), delta('b')))
    const { relay } = testRelay(upstream.url, { limits: { readersPerUser: 100 } })

    const answers = await Promise.all(Array.from({ length: 50 }, () => relay(call(start()))))
    const texts = await Promise.all(answers.map((answer) => answer.text()))

    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toContain('"b"')
    expect(upstream.requests).toHaveLength(1)
  })

  it('is followed from its beginning by a start that comes later, while it runs and when it is over', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay } = testRelay(upstream.url, { graceMs: 60_000 })
    const first = await relay(call(start()))
    await first.body?.cancel()

    const second = await relay(call(start()))
    await relay(call({ op: 'stop', runId: 'run-1', agentId: 'helper' }))
    const third = await relay(call(start()))

    for (const answer of [second, third]) {
      const text = await answer.text()
      expect(eventsOf(text)).toEqual([{ type: 'message_delta', text: 'a' }])
      expect(text.endsWith(endMark('stopped'))).toBe(true)
    }
    expect(upstream.requests).toHaveLength(1)
  })

  it.each([
    ['query', { input: { query: 'Something else' } }],
    ['file', { input: { query: 'What is the weather like?', contexts: ['x'] } }],
  ])('is refused with 409 for another %s (T38)', async (_, over) => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url)
    const first = await relay(call(start()))

    const other = await relay(call(start(over)))

    expect(other.status).toBe(409)
    expect(await errorOf(other)).toEqual({ code: 'invalid', status: 409 })
    expect(log.at(-1)).toMatchObject({ event: 'refused', status: 409 })
    expect(upstream.requests).toHaveLength(1)
    await first.body?.cancel()
  })

  it('belongs to one user and one agent', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay } = testRelay(upstream.url)

    for (const request of [
      call(start()),
      call(start(), { 'x-user': 'bob' }),
      call(start({ agentId: 'other' })),
    ]) {
      expect(await (await relay(request)).text()).toContain('"a"')
    }
    expect(upstream.requests).toHaveLength(3)
  })

  it('is the same one for a relay made anew in this process', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const runId = `run-${crypto.randomUUID()}`
    const options = {
      apiKey: 'k',
      projectId: 'p',
      agents: ['helper'],
      sealKeys: [{ id: 'a', key: sealKey }],
      authorize: () => ({ userId: 'ann' }),
      baseUrl: upstream.url,
    }
    const before = createRelay(options)
    await (await before(call(start({ runId })))).text()
    vi.resetModules()
    const anew = await import('../create-relay.ts')
    const again = anew.createRelay(options)

    expect(await (await again(call(start({ runId })))).text()).toContain('"a"')
    expect(upstream.requests).toHaveLength(1)
  })

  it('tells everybody who waits for it what it was refused for', async () => {
    let answer = (): void => undefined
    const upstream = await fakeUpstream((response) => {
      answer = () => refuse(429, {}, { 'retry-after': '7' })(response)
    })
    const { relay } = testRelay(upstream.url)
    const owner = relay(call(start()))
    await vi.waitFor(() => expect(upstream.requests).toHaveLength(1))
    const follower = await relay(call(start()))

    answer()

    expect((await owner).status).toBe(429)
    const text = await follower.text()
    expect(eventsOf(text)).toMatchObject([{ type: 'error', error: { code: 'rate-limited' } }])
    expect(text).toContain('"retryAt":')
    expect(text.endsWith(endMark('failed'))).toBe(true)
  })

  it('begins its answer while Fluo takes its time, and says in its stream that Fluo refused', async () => {
    let answer = (): void => undefined
    const upstream = await fakeUpstream((response) => {
      answer = () => refuse(429, { detail: 'slowly' }, { 'retry-after': '7' })(response)
    })
    const { relay, log } = testRelay(upstream.url, { limits: { keepAliveMs: 5 } })

    const response = await relay(call(start()))
    const reading = response.text()
    await vi.waitFor(() => expect(upstream.requests).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 30))
    answer()
    const text = await reading

    expect(response.status).toBe(200)
    expect(text).toContain(': keep-alive')
    expect(eventsOf(text)).toMatchObject([{ type: 'error', error: { code: 'rate-limited' } }])
    expect(text.endsWith(endMark('failed'))).toBe(true)
    await vi.waitFor(() =>
      expect(log.at(-1)).toMatchObject({
        event: 'refused',
        status: 200,
        code: 'rate-limited',
        upstreamStatus: 429,
        detail: 'slowly',
      }),
    )
  })

  it('is free again when the application refused it (T23)', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    let isAllowed = false
    const { relay } = testRelay(upstream.url, {
      beforeRun: () => (isAllowed ? undefined : new Response(null, { status: 402 })),
    })

    expect((await relay(call(start()))).status).toBe(402)
    isAllowed = true

    expect(await (await relay(call(start()))).text()).toContain('"a"')
    expect(upstream.requests).toHaveLength(1)
  })

  it('asks the application once, however many ask at once (T23)', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const beforeRun = vi.fn<() => undefined>()
    const { relay } = testRelay(upstream.url, { beforeRun })

    await Promise.all(Array.from({ length: 5 }, async () => (await relay(call(start()))).text()))

    expect(beforeRun).toHaveBeenCalledTimes(1)
  })

  it('is free again for a user who had too many runs open (T20)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url, { limits: { runsPerUser: 1 } })
    const first = await relay(call(start()))

    const second = await relay(call(start({ runId: 'run-2' })))
    expect(second.status).toBe(429)
    expect(await errorOf(second)).toMatchObject({ code: 'rate-limited', status: 429 })
    expect(log.at(-1)).toMatchObject({ detail: 'The user is over limits.runsPerUser.' })
    await first.body?.cancel()
    await upstream.requests[0]?.cut

    const again = await relay(call(start({ runId: 'run-2' })))
    expect(again.status).toBe(200)
    await again.body?.cancel()
  })

  it('goes on for a while when nobody reads, and then leaves Fluo (T21)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url, { graceMs: 200 })
    const first = await relay(call(start()))
    await first.body?.cancel()
    const back = await relay(call(start()))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(log.some(({ event }) => event === 'run-end')).toBe(false)

    await back.body?.cancel()
    await upstream.requests[0]?.cut

    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'left' })
    const late = await (await relay(call(start()))).text()
    expect(late.endsWith(endMark('interrupted'))).toBe(true)
  })

  it('ends at limits.totalMs for everybody, with an error event (T24)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url, { limits: { totalMs: 30 } })

    const text = await (await relay(call(start()))).text()

    expect(eventsOf(text).at(-1)).toMatchObject({ type: 'error', error: { code: 'limit' } })
    expect(text.endsWith(endMark('failed'))).toBe(true)
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'failed', code: 'limit' })
    await upstream.requests[0]?.cut
  })

  it('is one for who sends the members of its metadata in another order (T38)', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay } = testRelay(upstream.url)
    const turn = (metadata: object) => start({ input: { query: 'Hello', metadata } })

    await (await relay(call(turn({ a: 1, b: { c: [1, 2], d: 2 } })))).text()
    const same = await relay(call(turn({ b: { d: 2, c: [1, 2] }, a: 1 })))
    const other = await relay(call(turn({ b: { d: 2, c: [2, 1] }, a: 1 })))

    expect([same.status, other.status]).toEqual([200, 409])
    await same.body?.cancel()
  })

  it('is refused where the process has as many runs open as may be, whoever asks (T20)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url, { limits: { openRuns: 1 } })
    const first = await relay(call(start()))

    const second = await relay(call(start(), { 'x-user': 'bob' }))

    expect(second.status).toBe(429)
    expect(log.at(-1)).toMatchObject({ detail: 'This process is over limits.openRuns.' })
    await first.body?.cancel()
  })

  it('stays whole in the log for a person who asks for the very word', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay, log } = testRelay(upstream.url)

    await (await relay(call(start({ input: { query: 'run-1' } })))).text()

    expect(new Set(log.map(({ runId }) => runId))).toEqual(new Set(['run-1']))
  })

  it('runs where the platform takes no work, and the log says so', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay, log } = testRelay(upstream.url, {
      waitUntil: () => {
        throw new Error('no request')
      },
    })

    expect(await (await relay(call(start()))).text()).toContain('"a"')
    expect(log).toContainEqual(
      expect.objectContaining({ event: 'hook-failed', detail: 'waitUntil threw: no request' }),
    )
  })

  it('waits for Fluo longer than for a reader who takes nothing: nobody could take anything yet', async () => {
    const upstream = await fakeUpstream((response) => {
      setTimeout(() => stream(delta('a'))(response), 60)
    })
    const { relay } = testRelay(upstream.url, { limits: { blockedMs: 10, keepAliveMs: 1000 } })

    expect(await (await relay(call(start()))).text()).toContain('"a"')
  })

  it('tells the platform how long it must let the work go on', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const works: Promise<void>[] = []
    const { relay } = testRelay(upstream.url, { waitUntil: (work) => void works.push(work) })
    const answer = await relay(call(start()))
    expect(works).toHaveLength(1)

    await answer.body?.cancel()

    await expect(works[0]).resolves.toBeUndefined()
  })
})

describe('close', () => {
  it('ends every open run for its readers, leaves Fluo, and begins no more (F79)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url, { graceMs: 60_000 })
    const first = await relay(call(start()))
    const reader = first.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"a"')

    await relay.close()

    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(endMark('interrupted'))
    await upstream.requests[0]?.cut
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'closed' })
    const refused = await relay(call(start({ runId: 'run-2' })))
    expect(refused.status).toBe(503)
    expect(await errorOf(refused)).toEqual({ code: 'upstream', status: 503 })
    expect(log.at(-1)).toMatchObject({ event: 'refused', status: 503, level: 'error' })
  })

  it('begins nothing that was being taken while it closed', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const log = createMemoryRunLog()
    let take = (): void => undefined
    let began = (): void => undefined
    const taking = new Promise<void>((resolve) => (take = resolve))
    const isTaking = new Promise<void>((resolve) => (began = resolve))
    const { relay } = testRelay(upstream.url, {
      runLog: {
        ...log,
        async acquire(...run) {
          began()
          await taking
          return log.acquire(...run)
        },
      },
    })
    const answer = relay(call(start()))
    await isTaking
    await relay.close()
    take()

    expect((await answer).status).toBe(503)
    expect(upstream.requests).toHaveLength(0)
  })

  it('resolves at once when nothing is open', async () => {
    const { relay } = testRelay('http://127.0.0.1:1')

    await expect(relay.close()).resolves.toBeUndefined()
  })
})
