import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { fakeUpstream, type FakeUpstream } from './__fixtures__/fake-upstream.ts'
import { call, endMark, eventsOf, start, testRelay } from './__fixtures__/test-relay.ts'
import type { TestRelay } from './__fixtures__/test-relay.ts'
import { describeRedis } from './run-log/__fixtures__/describe-redis.ts'
import { anyRedis, type TestClient, type TestRedis } from './run-log/__fixtures__/test-redis.ts'
import { createRedisRunLog, type RedisRunLog } from './run-log/redis/redis-run-log.ts'

const delta = (text: string): string => `event: message_delta\ndata: {"delta":"${text}"}\n\n`
const onRun = (op: 'resume' | 'stop', after: string | null = null): Record<string, unknown> => ({
  op,
  runId: 'run-1',
  agentId: 'helper',
  ...(op === 'resume' && { after }),
})
const textOf = (text: string): string =>
  eventsOf(text)
    .map((event) => ('text' in event ? event.text : ''))
    .join('')

/** One relay of several: what its process has of its own. */
interface Relay extends TestRelay {
  /** As if its process had been killed: Redis and everybody else hear no more of it. */
  die(): void
  /** Redis cannot be asked any more. */
  unplug(): void
  closeLog(): void
  /** As if Redis had come back empty. */
  forgetRuns(): Promise<void>
}

describeRedis('createRelay, with another relay on one Redis', () => {
  let redis: TestRedis
  const logs: RedisRunLog[] = []
  beforeAll(async () => {
    redis = await anyRedis()
  })
  afterEach(() => {
    for (const log of logs.splice(0)) log.close()
  })
  afterAll(() => redis.close())

  async function twoRelays(url: string, graceMs = 0): Promise<readonly [Relay, Relay]> {
    const prefix = `test-${crypto.randomUUID()}:`
    const one = async (): Promise<Relay> => {
      const client: TestClient = await redis.connect()
      const runLog = createRedisRunLog({ client, prefix })
      logs.push(runLog)
      const die = (): void => {
        runLog.close()
        client.destroy()
      }
      const forgetRuns = async (): Promise<void> => {
        await client.del(await client.keys(`${prefix}*`))
      }
      return {
        ...testRelay(url, { runLog, graceMs }),
        die,
        unplug: () => client.destroy(),
        closeLog: () => runLog.close(),
        forgetRuns,
      }
    }
    return [await one(), await one()]
  }

  /** An upstream whose one answer goes on when the test says so. */
  async function openUpstream(): Promise<{
    readonly upstream: FakeUpstream
    readonly say: (text: string) => void
    readonly end: () => void
  }> {
    let answer: ServerResponse | undefined
    const upstream = await fakeUpstream((response) => {
      answer = response
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(delta('a'))
    })
    return {
      upstream,
      say: (text) => void answer?.write(delta(text)),
      end: () => void answer?.end(),
    }
  }

  /** Reads until a text has come. */
  async function readUntil(response: Response, word: string): Promise<ReadableStreamDefaultReader> {
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
    let text = ''
    while (!textOf(text).includes(word)) {
      const { value, done } = await reader.read()
      if (done) throw new Error('The answer ended too early.')
      text += new TextDecoder().decode(value)
    }
    return reader
  }

  it('resumes through one what the other began, and asks Fluo once', async () => {
    const { upstream, say, end } = await openUpstream()
    const [here, there] = await twoRelays(upstream.url, 60_000)
    const first = await readUntil(await here.relay(call(start())), 'a')
    await first.cancel()
    const resumed = await there.relay(call(onRun('resume', '1')))
    const again = await there.relay(call(start()))
    say('b')
    say('c')
    end()

    const text = await resumed.text()
    expect(textOf(text)).toBe('bc')
    expect(text.endsWith(endMark('done'))).toBe(true)
    expect(textOf(await again.text())).toBe('abc')
    expect(upstream.requests).toHaveLength(1)
  })

  it('refuses another turn under the ID of a run that the other has', async () => {
    const { upstream, end } = await openUpstream()
    const [here, there] = await twoRelays(upstream.url)
    const first = await here.relay(call(start()))
    const other = await there.relay(call(start({ input: { query: 'Something else?' } })))
    end()

    expect(other.status).toBe(409)
    expect((await first.text()).endsWith(endMark('done'))).toBe(true)
    expect(upstream.requests).toHaveLength(1)
  })

  it('stops through one what the other began, for every reader', async () => {
    const { upstream } = await openUpstream()
    const [here, there] = await twoRelays(upstream.url)
    const first = await here.relay(call(start()))
    const second = await there.relay(call(onRun('resume')))
    const reader = await readUntil(second, 'a')

    expect((await there.relay(call(onRun('stop')))).status).toBe(204)

    expect((await first.text()).endsWith(endMark('stopped'))).toBe(true)
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toBe(endMark('stopped'))
    await upstream.requests[0]?.cut
  })

  it('goes on for a reader in the other, and leaves Fluo with the last one', async () => {
    const { upstream, say } = await openUpstream()
    const [here, there] = await twoRelays(upstream.url)
    const first = await readUntil(await here.relay(call(start())), 'a')
    const second = await there.relay(call(onRun('resume')))
    const reader = await readUntil(second, 'a')
    await first.cancel()
    say('b')
    const { value } = await reader.read()
    expect(textOf(new TextDecoder().decode(value))).toBe('b')
    await reader.cancel()

    await upstream.requests[0]?.cut
    expect(upstream.requests).toHaveLength(1)
  })

  it('ends a run as interrupted, within ten seconds, when its relay has died (F79)', async () => {
    const { upstream } = await openUpstream()
    const [here, there] = await twoRelays(upstream.url)
    await here.relay(call(start()))
    const reading = [null, '1'].map(async (after) =>
      (await there.relay(call(onRun('resume', after)))).text(),
    )
    const waiting = await there.relay(call(start()))
    await readUntil(waiting.clone(), 'a')
    here.die()

    const [whole = '', rest = ''] = await Promise.all(reading)
    expect(textOf(whole)).toBe('a')
    expect(textOf(rest)).toBe('')
    for (const text of [whole, rest, await waiting.text()]) {
      expect(text.endsWith(endMark('interrupted'))).toBe(true)
    }
    const late = await there.relay(call(start()))
    expect((await late.text()).endsWith(endMark('interrupted'))).toBe(true)
    expect(upstream.requests).toHaveLength(1)
  }, 10_000)

  it('leaves Fluo with its last reader, also when Redis cannot be asked', async () => {
    const { upstream } = await openUpstream()
    const [here] = await twoRelays(upstream.url)
    const reader = await readUntil(await here.relay(call(start())), 'a')
    here.unplug()
    await reader.cancel()

    await upstream.requests[0]?.cut
    expect(here.log.at(-1)).toMatchObject({ event: 'run-end', end: 'left' })
  })

  it('leaves Fluo when its run log is closed before it', async () => {
    const { upstream } = await openUpstream()
    const [here] = await twoRelays(upstream.url, 60_000)
    await readUntil(await here.relay(call(start())), 'a')
    here.closeLog()

    await upstream.requests[0]?.cut
    expect(here.log.at(-1)).toMatchObject({ event: 'run-end', end: 'lost' })
  })

  it('asks Fluo anew where Redis has forgotten a run, and mixes nothing of both', async () => {
    const answers: ServerResponse[] = []
    const upstream = await fakeUpstream((response) => {
      answers.push(response)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(delta(`${answers.length}`))
    })
    const [here] = await twoRelays(upstream.url, 60_000)
    const first = await readUntil(await here.relay(call(start())), '1')
    await here.forgetRuns()
    const second = await here.relay(call(start()))
    answers[0]?.write(delta(' of the first'))
    await upstream.requests[0]?.cut
    answers[1]?.end(delta(' of the second'))

    expect(textOf(await second.text())).toBe('2 of the second')
    await expect(first.read()).rejects.toThrow('run log')
    expect(upstream.requests).toHaveLength(2)
  })

  it('keeps what is said and what is asked out of its log when Redis is gone', async () => {
    const { upstream, say } = await openUpstream()
    const [here] = await twoRelays(upstream.url)
    const answer = await here.relay(call(start()))
    await readUntil(answer.clone(), 'a')
    here.die()
    say('a secret')

    await expect(answer.text()).rejects.toThrow('run log')
    expect(here.log.map(({ event }) => event)).toContain('reader-lost')
    expect(JSON.stringify(here.log)).not.toMatch(/secret|weather|127\.0\.0\.1/)
  })
})
