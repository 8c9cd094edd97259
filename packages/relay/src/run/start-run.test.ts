import { describe, expect, it, vi } from 'vitest'
import { fakeUpstream, openStream, stream } from '../__fixtures__/fake-upstream.ts'
import { call, endMark, start, testRelay } from '../__fixtures__/test-relay.ts'

const delta = (text: string): string => `event: message_delta\ndata: {"delta":"${text}"}`
const decoder = new TextDecoder()

async function readUntil(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  wanted: string,
): Promise<string> {
  let text = ''
  while (!text.includes(wanted)) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`The stream ended before "${wanted}".`)
    text += decoder.decode(value)
  }
  return text
}

const readerOf = (response: Response): ReadableStreamDefaultReader<Uint8Array> => {
  if (response.body === null) throw new Error('There is no body.')
  return response.body.getReader()
}

describe('startRun', () => {
  it('closes the upstream request when the browser cancels the body', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url)
    const reader = readerOf(await relay(call(start())))
    await readUntil(reader, '"a"')

    await reader.cancel()

    await upstream.requests[0]?.cut
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'left' })
  })

  it("closes the upstream request when the browser's request is aborted, even if nobody reads", async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url)
    const left = new AbortController()
    await relay(call(start(), {}, left.signal))

    left.abort()

    await upstream.requests[0]?.cut
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'left' })
  })

  it('closes the upstream request when the browser leaves before Fluo has answered', async () => {
    const upstream = await fakeUpstream(() => left.abort())
    const { relay } = testRelay(upstream.url)
    const left = new AbortController()

    await relay(call(start(), {}, left.signal))

    await expect(upstream.requests[0]?.cut).resolves.toBeUndefined()
  })

  it('asks Fluo nothing for a browser that has left already, and keeps no run', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay } = testRelay(upstream.url)

    await relay(call(start(), {}, AbortSignal.abort())).catch(() => undefined)
    const again = await relay(call(start()))

    expect(await again.text()).toContain('"a"')
    expect(upstream.requests).toHaveLength(1)
  })

  it('ends the stream and the upstream request at a stop, and the next run works', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url)
    const reader = readerOf(await relay(call(start())))
    await readUntil(reader, '"a"')

    const stopped = await relay(call({ op: 'stop', runId: 'run-1', agentId: 'helper' }))

    expect(stopped.status).toBe(204)
    expect(await readUntil(reader, 'run_end')).toBe(endMark('stopped'))
    expect(await reader.read()).toEqual({ done: true, value: undefined })
    await upstream.requests[0]?.cut
    expect(log).toContainEqual(expect.objectContaining({ event: 'run-end', end: 'stopped' }))
    const next = await relay(call(start({ runId: 'run-2' })))
    expect(next.status).toBe(200)
    await next.body?.cancel()
  })

  it('stops no run of another user or agent', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url)
    const response = await relay(call(start()))

    const byBob = await relay(
      call({ op: 'stop', runId: 'run-1', agentId: 'helper' }, { 'x-user': 'bob' }),
    )
    const ofOther = await relay(call({ op: 'stop', runId: 'run-1', agentId: 'other' }))

    expect([byBob.status, ofOther.status]).toEqual([204, 204])
    expect(log.some(({ event }) => event === 'run-end')).toBe(false)
    await response.body?.cancel()
  })

  it('stops a run that Fluo has not answered yet', async () => {
    const upstream = await fakeUpstream(() => undefined)
    const { relay } = testRelay(upstream.url)
    const answer = relay(call(start()))
    await vi.waitFor(() => expect(upstream.requests).toHaveLength(1))

    await relay(call({ op: 'stop', runId: 'run-1', agentId: 'helper' }))

    expect(await (await answer).text()).toBe(endMark('stopped'))
    await upstream.requests[0]?.cut
  })

  it("ends a run that Fluo's answer broke off, for every reader, after what came before (F79)", async () => {
    let cut = (): void => undefined
    const upstream = await fakeUpstream((response) => {
      openStream(delta('a'))(response)
      cut = () => void response.destroy()
    })
    const { relay, log } = testRelay(upstream.url)
    const readers = [await relay(call(start())), await relay(call(start()))].map(readerOf)

    for (const reader of readers) await readUntil(reader, '"a"')
    cut()

    for (const reader of readers) {
      expect(await readUntil(reader, 'run_end')).toBe(endMark('interrupted'))
      expect((await reader.read()).done).toBe(true)
    }
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'broken', code: 'network' })
  })

  it('sends comments while Fluo is silent (F07)', async () => {
    const upstream = await fakeUpstream(openStream())
    const { relay } = testRelay(upstream.url, { limits: { keepAliveMs: 5 } })
    const reader = readerOf(await relay(call(start())))

    expect(await readUntil(reader, ': keep-alive\n\n: keep-alive\n\n')).not.toContain('data')

    await reader.cancel()
  })

  it('lets Fluo wait for a browser that takes nothing (T19)', async () => {
    const pulled = vi.fn<() => void>()
    const piece = new TextEncoder().encode(`${delta('x')}\n\n`)
    const endless = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled()
          controller.enqueue(piece)
        },
      },
      { highWaterMark: 0 },
    )
    const { relay } = testRelay('http://127.0.0.1:1', {
      limits: { unreadBytes: 1000 },
      fetch: () =>
        Promise.resolve(
          new Response(endless, { headers: { 'content-type': 'text/event-stream' } }),
        ),
    })
    const reader = readerOf(await relay(call(start())))

    for (let index = 0; index < 3; index += 1) await reader.read()
    await new Promise((resolve) => setTimeout(resolve, 20))

    const each = '{"type":"message_delta","text":"x"}'.length
    const ahead = pulled.mock.calls.length * each
    expect(ahead).toBeGreaterThan(1000) // it goes on as far as it may
    expect(ahead).toBeLessThan(6000)
    await reader.cancel()
  })
})
