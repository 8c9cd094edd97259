import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { fakeUpstream, inPieces, openStream, stream } from '../__fixtures__/fake-upstream.ts'
import { call, endMark, errorOf, eventsOf, start, testRelay } from '../__fixtures__/test-relay.ts'
import type { RunLog } from '../run-log/run-log.ts'

const delta = (text: string): string => `event: message_delta\ndata: {"delta":"${text}"}`
const resume = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  op: 'resume',
  runId: 'run-1',
  agentId: 'helper',
  after: null,
  ...over,
})
const textOfEvents = (text: string): string =>
  eventsOf(text)
    .map((event) => ('text' in event ? event.text : ''))
    .join('')

/** An upstream answer that goes on when the test says so. */
function stepwise(): {
  readonly fetch: typeof fetch
  readonly asked: () => number
  say(...messages: string[]): void
  end(): void
} {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let asked = 0
  return {
    asked: () => asked,
    fetch: () => {
      asked += 1
      const body = new ReadableStream<Uint8Array>({ start: (made) => void (controller = made) })
      return Promise.resolve(
        new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
      )
    },
    say(...messages) {
      for (const message of messages)
        controller?.enqueue(new TextEncoder().encode(`${message}\n\n`))
    },
    end: () => controller?.close(),
  }
}

describe('resumeRun', () => {
  it('reads a run on behind a cursor, after its reader has left', async () => {
    const upstream = stepwise()
    const { relay } = testRelay('http://127.0.0.1:1', { fetch: upstream.fetch, graceMs: 60_000 })
    const first = (await relay(call(start()))).body?.getReader()
    upstream.say(delta('a'), delta('b'))
    const read = new TextDecoder().decode((await first?.read())?.value)
    expect(read).toContain('id: 1')
    await first?.cancel()

    upstream.say(delta('c'))
    const resumed = await relay(call(resume({ after: '1' })))
    upstream.say(delta('d'))
    upstream.end()

    const text = await resumed.text()
    expect(textOfEvents(text)).toBe('bcd')
    expect(text).toMatch(/^id: 2\n/)
    expect(text.endsWith(endMark('done'))).toBe(true)
    expect(upstream.asked()).toBe(1)
  })

  it('reads on behind a burst that went as one event', async () => {
    const upstream = stepwise()
    const { relay } = testRelay('http://127.0.0.1:1', { fetch: upstream.fetch, graceMs: 60_000 })
    const burst = Array.from({ length: 20 }, (_, index) => delta(`${index} `))
    const first = (await relay(call(start()))).body?.getReader()
    upstream.say(burst.join('\n\n'), delta('after'))
    const read = new TextDecoder().decode((await first?.read())?.value)
    await first?.cancel()
    upstream.end()

    const cursor = /^id: (\d+)\n/.exec(read)?.[1] ?? null
    const later = textOfEvents(await (await relay(call(resume({ after: cursor })))).text())
    expect(eventsOf(read.split('\n\n')[0] ?? '')).toHaveLength(1)
    expect(textOfEvents(`${read.split('\n\n')[0]}\n\n`) + later).toBe(
      `${burst.map((_, index) => `${index} `).join('')}after`,
    )
  })

  it('gives a run that is over whole, and from any cursor, for a while', async () => {
    const upstream = await fakeUpstream(stream(delta('a'), delta('b')))
    const { relay } = testRelay(upstream.url)
    await (await relay(call(start()))).text()

    expect(textOfEvents(await (await relay(call(resume()))).text())).toBe('ab')
    expect(textOfEvents(await (await relay(call(resume({ after: '1' })))).text())).toBe('b')
    expect(await (await relay(call(resume({ after: '2' })))).text()).toBe(endMark('done'))
    expect(upstream.requests).toHaveLength(1)
  })

  it('misses and doubles nothing, wherever readers leave and come back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 5 }),
        async (texts, leaves) => {
          const upstream = stepwise()
          const { relay } = testRelay('http://127.0.0.1:1', {
            fetch: upstream.fetch,
            graceMs: 60_000,
          })
          let answer = await relay(call(start()))
          let after: string | null = null
          let found = ''
          const take = (text: string): void => {
            found += textOfEvents(text)
            after = text.match(/id: (\d+)\n(?!.*id: )/s)?.[1] ?? after
          }
          for (const [index, text] of texts.entries()) {
            upstream.say(`event: message_delta\ndata: ${JSON.stringify({ delta: text })}`)
            if (!leaves.includes(index)) continue
            const reader = answer.body?.getReader()
            take(new TextDecoder().decode((await reader?.read())?.value))
            await reader?.cancel()
            answer = await relay(call(resume({ after })))
          }
          upstream.end()
          take(await answer.text())

          expect(found).toBe(texts.join(''))
          expect(upstream.asked()).toBe(1)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('answers 204 for a run that it does not know, and names the Redis option in the log', async () => {
    const { relay, log } = testRelay('http://127.0.0.1:1', { runLog: undefined as never })

    const answer = await relay(call(resume({ runId: crypto.randomUUID() })))

    expect(answer.status).toBe(204)
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({ level: 'warn', event: 'not-resumed', status: 204 })
    expect(log[0]?.detail).toContain('@fluokit/relay/redis')
  })

  it('shows nobody the run of another user or agent (T22)', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay } = testRelay(upstream.url)
    await (await relay(call(start()))).text()

    expect((await relay(call(resume(), { 'x-user': 'bob' }))).status).toBe(204)
    expect((await relay(call(resume({ agentId: 'other' })))).status).toBe(204)
    expect((await relay(call(resume({ agentId: 'unlisted' })))).status).toBe(403)
  })

  it.each(['', '0', '-1', '1.5', 'x', '99999999999', 1, {}])(
    'refuses the cursor %j',
    async (after) => {
      const { relay } = testRelay('http://127.0.0.1:1')

      const answer = await relay(call(resume({ after })))

      expect(answer.status).toBe(422)
      expect(await errorOf(answer)).toEqual({ code: 'invalid', status: 422 })
    },
  )

  it('answers 204 for a cursor that lies ahead of the run', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay } = testRelay(upstream.url)
    await (await relay(call(start()))).text()

    expect((await relay(call(resume({ after: '2' })))).status).toBe(204)
  })

  it('ends every reader of a run that is stopped, and Fluo’s answer', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay } = testRelay(upstream.url, { graceMs: 60_000 })
    const first = await relay(call(start()))
    const second = await relay(call(resume()))

    await relay(call({ op: 'stop', runId: 'run-1', agentId: 'helper' }))

    for (const answer of [first, second]) {
      const text = await answer.text()
      expect(text).toContain('"a"')
      expect(text.endsWith(endMark('stopped'))).toBe(true)
    }
    await upstream.requests[0]?.cut
  })

  it('never begins a run that was stopped before it came', async () => {
    const upstream = await fakeUpstream(stream(delta('a')))
    const { relay } = testRelay(upstream.url)
    await relay(call({ op: 'stop', runId: 'run-1', agentId: 'helper' }))

    expect(await (await relay(call(start()))).text()).toBe(endMark('stopped'))
    expect(upstream.requests).toHaveLength(0)
  })

  it('allows a user so many streams, and says when to try again (T20)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a')))
    const { relay, log } = testRelay(upstream.url, { limits: { readersPerUser: 2 } })
    const first = await relay(call(start()))
    const second = await relay(call(resume()))

    const third = await relay(call(resume()))
    const ofBob = await relay(call(start(), { 'x-user': 'bob' }))
    await second.body?.cancel()
    const fourth = await relay(call(resume()))

    expect([third.status, ofBob.status, fourth.status]).toEqual([429, 200, 200])
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(log).toContainEqual(
      expect.objectContaining({ status: 429, detail: 'The user is over limits.readersPerUser.' }),
    )
    for (const answer of [first, ofBob, fourth]) await answer.body?.cancel()
  })

  it('cuts off a reader that takes nothing, which then counts as gone (T19)', async () => {
    const upstream = await fakeUpstream(openStream(delta('a'), delta('b')))
    const { relay, log } = testRelay(upstream.url, { limits: { blockedMs: 10, keepAliveMs: 1 } })
    const reader = (await relay(call(start()))).body?.getReader()
    const decoder = new TextDecoder()
    let text = ''
    while (!text.includes('"a"')) text += decoder.decode((await reader?.read())?.value)

    await upstream.requests[0]?.cut
    await expect(reader?.read()).rejects.toThrow('takes nothing')
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'left' })
  })

  it('breaks a stream whose log fails, and says so: a cut answer must look cut', async () => {
    const piece = `${delta('x'.repeat(50))}\n\n`
    const { relay, log } = testRelay('http://127.0.0.1:1', {
      fetch: inPieces([piece]),
      runLog: failingLog(),
    })

    const answer = await relay(call(start()))

    await expect(answer.text()).rejects.toThrow('log is gone')
    await vi.waitFor(() =>
      expect(log).toContainEqual(
        expect.objectContaining({ event: 'reader-lost', detail: 'The log is gone.' }),
      ),
    )
  })
})

/** A log that takes a run and then is gone. */
function failingLog(): RunLog {
  const gone = (): never => {
    throw new Error('The log is gone.')
  }
  return {
    renewMs: null,
    leaseMs: null,
    acquire: () => Promise.resolve('owner'),
    renew: async () => gone(),
    append: async () => gone(),
    end: async () => gone(),
    release: async () => gone(),
    stop: async () => gone(),
    read: () =>
      Promise.resolve({
        [Symbol.asyncIterator]: () => ({ next: async () => gone() }),
      }),
  }
}
