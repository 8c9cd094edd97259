import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeUpstream, type FakeUpstream } from './__fixtures__/fake-upstream.ts'
import { call, endMark, eventsOf, start, testRelay } from './__fixtures__/test-relay.ts'
import type { TestRelay } from './__fixtures__/test-relay.ts'
import { describeRedis } from './run-log/__fixtures__/describe-redis.ts'
import { startRedis, type TestRedis } from './run-log/__fixtures__/test-redis.ts'
import { createRedisRunLog, type RedisRunLog } from './run-log/redis/redis-run-log.ts'

const delta = (text: string): string => `event: message_delta\ndata: {"delta":"${text}"}\n\n`
const stop = (runId: string): Record<string, unknown> => ({ op: 'stop', runId, agentId: 'helper' })

describeRedis(
  'createRelay, with a Redis that is full',
  () => {
    let redis: TestRedis
    let upstream: FakeUpstream
    let answer: ServerResponse | undefined
    const logs: RedisRunLog[] = []
    beforeEach(async () => {
      redis = await startRedis()
      upstream = await fakeUpstream((response) => {
        answer = response
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(delta('a'))
      })
    })
    afterEach(async () => {
      for (const log of logs.splice(0)) log.close()
      await redis.close()
    })

    async function newRelay(): Promise<TestRelay> {
      const runLog = createRedisRunLog({ client: await redis.connect() })
      logs.push(runLog)
      return testRelay(upstream.url, { runLog, graceMs: 60_000 })
    }
    /** A run of which something was said before Redis was full. */
    async function beginRun({ relay }: TestRelay): Promise<Response> {
      const response = await relay(call(start()))
      await response.clone().body?.getReader().read()
      await (await redis.connect()).configSet('maxmemory', '1mb')
      return response
    }

    it('refuses a new run, ends an open one with the next event, and names Redis in its log', async () => {
      const here = await newRelay()
      const open = await beginRun(here)

      expect((await here.relay(call(start({ runId: 'run-2' })))).status).toBe(429)
      answer?.write(delta('a secret'))
      const text = await open.text()

      expect(eventsOf(text).at(-1)).toMatchObject({ type: 'error', error: { code: 'upstream' } })
      expect(text.endsWith(endMark('failed'))).toBe(true)
      await upstream.requests[0]?.cut
      expect(here.log.at(-1)).toMatchObject({
        level: 'error',
        event: 'run-end',
        end: 'failed',
        detail: 'Redis refused what the run log asked for: OOM.',
      })
    })

    it('stops an open run through another relay, and bears a stop of none', async () => {
      const [here, there] = [await newRelay(), await newRelay()]
      const open = await beginRun(here)

      expect((await there.relay(call(stop('run-2')))).status).toBe(204)
      expect((await there.relay(call(stop('run-1')))).status).toBe(204)

      expect((await open.text()).endsWith(endMark('stopped'))).toBe(true)
      await upstream.requests[0]?.cut
    })
  },
  true,
)
