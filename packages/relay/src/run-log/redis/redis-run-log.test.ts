import { createCluster, RESP_TYPES } from '@redis/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { collectRun } from '../__fixtures__/collect-run.ts'
import { describeRedis } from '../__fixtures__/describe-redis.ts'
import { describeRunLog } from '../__fixtures__/run-log-contract.ts'
import {
  anyRedis,
  startRedis,
  type TestClient,
  type TestRedis,
} from '../__fixtures__/test-redis.ts'
import type { RedisRunLogClient, RedisSubscriber } from './redis-run-log-client.ts'
import { createRedisRunLog, type RedisRunLog, type RedisRunLogOptions } from './redis-run-log.ts'

const ignore = (): void => undefined
const never = (): AbortSignal => new AbortController().signal
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
/** A lease that a test can wait for. */
const brief = { leaseMs: 600, keepMs: 60_000 }

const logs: RedisRunLog[] = []
function makeLog(options: RedisRunLogOptions): RedisRunLog {
  const log = createRedisRunLog(options)
  logs.push(log)
  return log
}
afterEach(() => {
  for (const log of logs.splice(0)) log.close()
})

describeRedis('createRedisRunLog', () => {
  let redis: TestRedis
  let client: TestClient
  let prefix = ''
  let count = 0
  const newKey = (): string => `key-${(count += 1)}`
  const newLog = (options: Partial<RedisRunLogOptions> = {}): RedisRunLog =>
    makeLog({ client, prefix, ...options })

  async function keysOf(): Promise<readonly string[]> {
    return (await client.keys(`${prefix}*`)).toSorted()
  }

  beforeAll(async () => {
    redis = await anyRedis()
    client = await redis.connect()
    prefix = `test-${crypto.randomUUID()}:`
  })
  afterAll(() => redis.close())

  describeRunLog('createRedisRunLog', async () => ({
    here: newLog(),
    there: newLog({ client: await redis.connect() }),
  }))

  it('gives each run to one of many relays that ask at once', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => redis.connect()))
    const relays = clients.map((one) => newLog({ client: one }))
    const keys = Array.from({ length: 20 }, newKey)

    const claims = await Promise.all(
      keys.map((key) =>
        Promise.all(
          Array.from({ length: 20 }, () => relays)
            .flat()
            .map((relay) => relay.acquire(key, 'a', ignore)),
        ),
      ),
    )

    const owners = claims.map((all) => all.filter((claim) => claim === 'owner').length)
    expect(owners).toEqual(keys.map(() => 1))
  })

  describe('when the relay that owns a run has died', () => {
    it('ends it as interrupted for readers everywhere, with all that had come', async () => {
      const [here, there] = [newLog(brief), newLog({ ...brief, client: await redis.connect() })]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      await here.append(key, ['1', '2'], ignore)
      const reading = [0, 1, 2].map(async (after) =>
        collectRun(await there.read(key, after, never())),
      )
      await wait(50)
      here.close()

      const ends = await Promise.all(reading)
      expect(ends.map(({ frames }) => frames)).toEqual([['1', '2'], ['2'], []])
      expect(ends.map(({ end }) => end)).toEqual(['interrupted', 'interrupted', 'interrupted'])
    })

    it('ends it for who comes later, and never runs it again', async () => {
      const [here, there] = [newLog(brief), newLog(brief)]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      await here.append(key, ['1'], ignore)
      here.close()
      await wait(brief.leaseMs + 20)

      expect(await there.acquire(key, 'a', ignore)).toBe('follower')
      const late = await collectRun(await there.read(key, 0, never()))
      expect(late).toMatchObject({ frames: ['1'], end: 'interrupted' })
    })

    it('calls it unknown where nothing had come', async () => {
      const [here, there] = [newLog(brief), newLog(brief)]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const reading = collectRun(await there.read(key, 0, never()))
      here.close()

      expect(await reading).toMatchObject({ frames: [], end: 'unknown' })
    })

    it('keeps a run whose owner renews it, however long nothing comes', async () => {
      const [here, there] = [newLog(brief), newLog(brief)]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const reading = collectRun(await there.read(key, 0, never()))
      for (let beats = 0; beats < 8; beats += 1) {
        await wait(here.renewMs ?? 0)
        expect(await here.renew(key, ignore)).toEqual({ state: 'kept', readers: 1 })
      }
      await here.end(key, ['1'], 'done', ignore)

      expect(await reading).toMatchObject({ frames: ['1'], end: 'done' })
    })

    it('lets nothing follow the end when an owner that was only slow comes back', async () => {
      const [here, there] = [newLog(brief), newLog(brief)]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      await here.append(key, ['1'], ignore)
      const own = collectRun(await here.read(key, 0, never()))
      expect(await collectRun(await there.read(key, 0, never()))).toMatchObject({
        end: 'interrupted',
      })

      expect(await here.append(key, ['2'], ignore)).toBe(false)
      expect(await here.renew(key, ignore)).toEqual({ state: 'lost', readers: 0 })
      await here.end(key, ['3'], 'done', ignore)

      const after = await collectRun(await there.read(key, 0, never()))
      expect(after).toMatchObject({ frames: ['1'], end: 'interrupted' })
      expect(await own).toMatchObject({ frames: ['1'], end: 'interrupted' })
    })

    it('forgets readers that died with their relay, and counts the others on', async () => {
      const [here, there, elsewhere] = [newLog(brief), newLog(brief), newLog(brief)]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const left = new AbortController()
      const reading = collectRun(await there.read(key, 0, never()))
      const other = collectRun(await elsewhere.read(key, 0, left.signal))
      expect(await here.renew(key, ignore)).toEqual({ state: 'kept', readers: 2 })
      there.close()
      await expect(reading).rejects.toThrow('closed')

      for (let beats = 0; beats < 8; beats += 1) {
        await wait(here.renewMs ?? 0)
        await here.renew(key, ignore)
      }
      expect(await here.renew(key, ignore)).toEqual({ state: 'kept', readers: 1 })
      left.abort()
      await other
    })
  })

  it('gives 200 readers of one run in two relays the same text', async () => {
    const [here, there] = [newLog(), newLog({ client: await redis.connect() })]
    const key = newKey()
    await here.acquire(key, 'a', ignore)
    const reading = Array.from({ length: 200 }, async (_, index) =>
      collectRun(await (index % 2 === 0 ? here : there).read(key, 0, never())),
    )
    const expected: string[] = []
    for (let round = 0; round < 200; round += 1) {
      const frames = [`{"n":${round}}`, 'x'.repeat(round)]
      expected.push(...frames)
      await here.append(key, frames, ignore)
    }
    await here.end(key, [], 'done', ignore)

    for (const { frames, end } of await Promise.all(reading)) {
      expect(end).toBe('done')
      expect(frames).toEqual(expected)
    }
  })

  it('gives a reader that stands still everything once it reads on', async () => {
    const [here, there] = [newLog(), newLog({ client: await redis.connect() })]
    const key = newKey()
    await here.acquire(key, 'a', ignore)
    await here.append(key, ['first'], ignore)
    const readers = await Promise.all([here, there].map((log) => log.read(key, 0, never())))
    const cursors = readers.map(async (pieces) => {
      const seen: number[] = []
      for await (const { frames } of pieces ?? []) {
        seen.push(...frames.map(({ cursor }) => cursor))
        if (seen.length === 1) await written
      }
      return seen
    })
    let tell = ignore
    const written = new Promise<void>((resolve) => (tell = resolve))
    for (let round = 0; round < 300; round += 1) await here.append(key, ['y'.repeat(2000)], ignore)
    await here.end(key, [], 'done', ignore)
    tell()

    const expected = Array.from({ length: 301 }, (_, index) => index + 1)
    expect(await Promise.all(cursors)).toEqual([expected, expected])
  })

  it('takes back a run that it was given without hearing of it', async () => {
    let calls = 0
    const broken: RedisRunLogClient = {
      duplicate: () => client.duplicate(),
      withCommandOptions(options) {
        const { evalSha, eval: run } = client.withCommandOptions(options)
        const once = async (answer: Promise<unknown>): Promise<unknown> => {
          const said = await answer
          calls += 1
          if (calls === 1) throw new Error('ERR the answer is lost')
          return said
        }
        return {
          evalSha: (hash, input) => once(evalSha.call(client, hash, input)),
          eval: (script, input) => once(run.call(client, script, input)),
        }
      },
    }
    const key = newKey()
    await expect(newLog({ client: broken }).acquire(key, 'a', ignore)).rejects.toThrow('ERR')

    await expect.poll(() => newLog().acquire(key, 'b', ignore)).toBe('owner')
  })

  it('tells the owners here that a closed log has lost their runs', async () => {
    const log = newLog()
    const key = newKey()
    const states: Promise<unknown>[] = []
    const onNews = (): void => void states.push(log.renew(key, onNews))
    await log.acquire(key, 'a', onNews)

    log.close()

    expect(await Promise.all(states)).toEqual([{ state: 'lost', readers: 0 }])
  })

  it('remembers a stop of a run that is not there for a minute, as one small key', async () => {
    prefix = `test-${crypto.randomUUID()}:`
    const [here, there] = [newLog(), newLog()]
    await there.stop('a')
    await there.stop('a')
    expect(await here.acquire('a', 'body', ignore)).toBe('follower')
    expect(await here.read('a', 1, never())).toBeNull()

    const [key = '', ...others] = await keysOf()
    expect(others).toEqual([])
    expect(await client.get(key)).toBe('1')
    expect(await client.pTTL(key)).toBeLessThanOrEqual(60_000)
    await client.pExpire(key, 1)
    await expect.poll(() => client.exists(key)).toBe(0)
    expect(await here.acquire('a', 'body', ignore)).toBe('owner')
  })

  it('refuses frames over maxRunBytes, and still says how the run ended', async () => {
    const log = newLog({ maxRunBytes: 100 })
    const key = newKey()
    await log.acquire(key, 'a', ignore)
    await log.append(key, ['x'.repeat(60)], ignore)

    await expect(log.append(key, ['y'.repeat(60)], ignore)).rejects.toThrow('maxRunBytes')
    await log.end(key, ['z'.repeat(60)], 'failed', ignore)

    const run = await collectRun(await log.read(key, 0, never()))
    expect(run).toMatchObject({ frames: ['x'.repeat(60), 'z'.repeat(60)], end: 'failed' })
  })

  describe('in Redis', () => {
    /** A run in every state, with readers, under a prefix of its own. */
    async function everyState(): Promise<readonly string[]> {
      prefix = `test-${crypto.randomUUID()}:`
      const [here, there] = [newLog(), newLog()]
      for (const key of ['begun', 'open', 'over', 'freed']) await here.acquire(key, 'body', ignore)
      for (const key of ['open', 'over', 'freed']) await there.read(key, 0, never())
      await here.append('open', ['1'], ignore)
      await here.end('over', ['1'], 'done', ignore)
      await here.release('freed', ['1'], ignore)
      await there.stop('stopped')
      await there.stop('open')
      return keysOf()
    }

    it('keeps nothing for ever', async () => {
      const keys = await everyState()
      const lives = await Promise.all(keys.map((key) => client.pTTL(key)))

      expect(keys.length).toBeGreaterThanOrEqual(8)
      expect(lives.filter((life) => life <= 0 || life > 10 * 60 * 1000)).toEqual([])
    })

    it('names keys after runs alone, all of a run in one slot of a cluster', async () => {
      const shape =
        /^test-[-\w]+:\{(begun|open|over|freed|stopped)\}:(run|stop|(frames|readers):[-\w]{36})$/
      expect((await everyState()).filter((key) => !shape.test(key))).toEqual([])
    })

    it('leaves no channel and no reader behind a run that is over', async () => {
      prefix = `test-${crypto.randomUUID()}:`
      const [here, there] = [newLog(), newLog()]
      const reading: Promise<unknown>[] = []
      for (let run = 0; run < 50; run += 1) {
        const key = `run-${run}`
        await here.acquire(key, 'a', ignore)
        for (const log of [here, there, there]) {
          reading.push(collectRun(await log.read(key, 0, never())))
        }
        await here.append(key, ['1'], ignore)
        await here.end(key, ['2'], 'done', ignore)
      }
      await Promise.all(reading)
      // The last that readers ask for goes on behind their backs.
      await expect.poll(async () => (await client.pubSubChannels(`${prefix}*`)).length).toBe(1) // the owner's
      await expect
        .poll(async () => (await keysOf()).filter((key) => key.includes(':readers:')))
        .toEqual([])
      expect(await keysOf()).toHaveLength(100)
    })

    it('remembers a run for keepMs after its last sign of life, and after its end', async () => {
      prefix = `test-${crypto.randomUUID()}:`
      const keepMs = 1_000_000
      const log = newLog({ keepMs })
      await log.acquire('a', 'body', ignore)
      await log.append('a', ['1'], ignore)
      const signs = [
        () => log.append('a', ['2'], ignore),
        () => log.renew('a', ignore),
        () => log.end('a', ['3'], 'done', ignore),
      ]
      for (const sign of signs) {
        const keys = await keysOf()
        await Promise.all(keys.map((key) => client.pExpire(key, 100_000)))
        await sign()
        const lives = await Promise.all(keys.map((key) => client.pTTL(key)))
        expect(lives.filter((life) => life < keepMs - 100_000 || life > keepMs)).toEqual([])
      }
    })
  })

  describe('without messages', () => {
    /** As a connection that is never there. */
    const deaf: RedisSubscriber = {
      isOpen: true,
      on: ignore,
      connect: () => new Promise(ignore),
      subscribe: () => new Promise(ignore),
      unsubscribe: () => new Promise(ignore),
      destroy: ignore,
    }

    it('hears by asking, of frames, of the end and of a stop', async () => {
      const withoutEars: RedisRunLogClient = {
        withCommandOptions: (options) => client.withCommandOptions(options),
        duplicate: () => deaf,
      }
      const [here, there] = [
        newLog({ ...brief, client: withoutEars }),
        newLog({ ...brief, client: withoutEars }),
      ]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const pieces = await there.read(key, 0, never())
      const reading = collectRun(pieces)
      await here.append(key, ['1'], ignore)
      await there.stop(key)
      expect(await here.renew(key, ignore)).toEqual({ state: 'stopped', readers: 1 })
      await here.end(key, ['2'], 'stopped', ignore)

      expect(await reading).toMatchObject({ frames: ['1', '2'], end: 'stopped' })
    })
  })

  it.each([
    ['that speaks RESP2', { RESP: 2, maintNotifications: 'disabled' }],
    [
      'that makes buffers of strings',
      { commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } },
    ],
    ['that prefixes keys', { keyPrefix: 'app:' }],
    ['that keeps no offline queue', { disableOfflineQueue: true }],
  ] as const)('works with a client %s', async (_name, options) => {
    const own = client.duplicate(options as object) as TestClient
    own.on('error', ignore)
    await own.connect()
    try {
      const [here, there] = [newLog({ client: own }), newLog({ client: own })]
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      await here.append(key, ['1'], ignore)
      const reading = collectRun(await there.read(key, 0, never()))
      expect(await here.renew(key, ignore)).toEqual({ state: 'kept', readers: 1 })
      await here.end(key, ['2'], 'done', ignore)

      expect(await reading).toMatchObject({ frames: ['1', '2'], end: 'done' })
    } finally {
      own.destroy()
    }
  })

  it('refuses times that cannot work', () => {
    expect(() => newLog({ keepMs: 1000 })).toThrow(RangeError)
    expect(() => newLog({ leaseMs: Number.NaN })).toThrow(RangeError)
  })
})

describeRedis(
  'createRedisRunLog on a Redis Cluster',
  () => {
    let redis: TestRedis
    let stop = ignore
    let client: RedisRunLogClient
    beforeAll(async () => {
      redis = await startRedis(['--cluster-enabled', 'yes'])
      const node = await redis.connect()
      await node.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383'])
      const info = (): Promise<string> => node.sendCommand(['CLUSTER', 'INFO'])
      while (!(await info()).includes('cluster_state:ok')) await wait(50)
      const cluster = createCluster({ rootNodes: [{ socket: { port: redis.port } }] })
      cluster.on('error', ignore)
      await cluster.connect()
      stop = () => cluster.destroy()
      client = cluster
    }, 20_000)
    afterAll(async () => {
      stop()
      await redis.close()
    })

    describeRunLog('createRedisRunLog on a Redis Cluster', async () => ({
      here: makeLog({ client }),
      there: makeLog({ client }),
    }))
  },
  true,
)
