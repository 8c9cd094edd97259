import { afterEach, beforeEach, expect, it } from 'vitest'
import { collectRun } from '../__fixtures__/collect-run.ts'
import { describeRedis } from '../__fixtures__/describe-redis.ts'
import { startRedis, type TestRedis } from '../__fixtures__/test-redis.ts'
import { createRedisRunLog, type RedisRunLog } from './redis-run-log.ts'

const ignore = (): void => undefined
const never = (): AbortSignal => new AbortController().signal
const times = { leaseMs: 600, keepMs: 60_000 }

describeRedis(
  'createRedisRunLog, when Redis fails',
  () => {
    let redis: TestRedis
    const logs: RedisRunLog[] = []
    async function newLog(options: { readonly leaseMs?: number } = times): Promise<RedisRunLog> {
      const log = createRedisRunLog({ client: await redis.connect(), ...options })
      logs.push(log)
      return log
    }
    beforeEach(async () => {
      redis = await startRedis()
    })
    afterEach(async () => {
      for (const log of logs.splice(0)) log.close()
      await redis.close()
    })

    it('rejects what is asked and fails readers, and none of them hangs', async () => {
      const [here, there] = [await newLog(), await newLog()]
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'])
      const pieces = await Promise.all([here, there].map((log) => log.read('a', 0, never())))
      const reading = pieces.map((run) => collectRun(run).catch(String))
      await redis.kill()

      await expect(here.append('a', ['2'])).rejects.toThrow('did not answer')
      await expect(here.renew('a')).rejects.toThrow('did not answer')
      await expect(there.read('a', 0, never())).rejects.toThrow('did not answer')
      await expect(there.stop('a')).rejects.toThrow('did not answer')
      await expect(there.acquire('b', 'body', ignore)).rejects.toThrow('did not answer')
      await expect(here.end('a', [], 'failed')).rejects.toThrow('did not answer')
      for (const how of await Promise.all(reading)) expect(how).toContain('did not answer')
    })

    it('lets readers leave, and tells the owner of a stop that was asked for here', async () => {
      const log = await newLog()
      let news = 0
      await log.acquire('a', 'body', () => (news += 1))
      const left = new AbortController()
      const reading = collectRun(await log.read('a', 0, left.signal))
      await redis.kill()
      left.abort()
      expect(await reading).toMatchObject({ frames: [], end: null })

      news = 0
      await log.stop('a')
      expect(news).toBe(1)
      expect(await log.renew('a')).toEqual({ state: 'stopped', readers: 0 })
    })

    it('goes on with runs that are new when Redis comes back empty, and tells who read an old one', async () => {
      const [here, there] = [await newLog(), await newLog()]
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'])
      const pieces = await there.read('a', 0, never())
      const reading = collectRun(pieces).catch(String)
      await redis.kill()
      await redis.start()

      expect(await here.append('a', ['2'])).toBe(false)
      expect(await here.renew('a')).toEqual({ state: 'lost', readers: 0 })
      await here.end('a', ['3'], 'done')
      expect(await reading).toContain('not in the run log any more')
      expect(await there.read('a', 0, never())).toBeNull()

      await here.acquire('b', 'body', ignore)
      const next = collectRun(await there.read('b', 0, never()))
      await here.append('b', ['1'])
      await here.end('b', [], 'done')
      expect(await next).toMatchObject({ frames: ['1'], end: 'done' })
    })

    it('fails a reader before it would show a gap', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'])
      const pieces = await there.read('a', 0, never())
      await here.append('a', ['2', '3'])
      const [frames = ''] = await client.keys('*:frames:*')
      await client.xDel(frames, '2-0')
      await here.end('a', [], 'done')

      await expect(collectRun(pieces)).rejects.toThrow('not in the run log any more')
      expect(await there.read('a', 1, never())).toBeNull()
      expect(await collectRun(await there.read('a', 2, never()))).toMatchObject({ frames: ['3'] })
    })

    it('ends a run as interrupted when Redis has lost frames that it had taken', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'])
      const [run = ''] = await client.keys('*:run')
      const [frames = ''] = await client.keys('*:frames:*')
      const before = await client.hGetAll(run)
      await here.append('a', ['2', '3'])
      // As a replica does that takes over and had not heard of the last write.
      await client.hSet(run, before)
      await client.xDel(frames, ['2-0', '3-0'])
      await client.xSetId(frames, '1-0')

      expect(await here.append('a', ['4'])).toBe(false)
      const late = await collectRun(await there.read('a', 0, never()))
      expect(late).toMatchObject({ frames: ['1'], end: 'interrupted' })
      expect(await there.read('a', 3, never())).toBeNull()
    })

    it('goes on, and writes nothing twice, when its connections are killed again and again', async () => {
      const [here, there] = [await newLog({}), await newLog({})]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      const reading = collectRun(await there.read('a', 0, never()))
      const expected: string[] = []
      for (let round = 0; round < 30; round += 1) {
        expected.push(`${round}`)
        const writing = here.append('a', [`${round}`])
        await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub'])
        await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])
        expect(await writing).toBe(true)
      }
      await here.end('a', [], 'done')

      expect(await reading).toMatchObject({ frames: expected, end: 'done' })
    })

    it('takes no new run when Redis is full, and lets open ones fail', async () => {
      const log = await newLog()
      const client = await redis.connect()
      await log.acquire('a', 'body', ignore)
      await client.configSet('maxmemory', '1mb')

      expect(await log.acquire('b', 'body', ignore)).toBe('full')
      await expect(log.append('a', ['a secret'])).rejects.toThrow(
        'Redis refused what the run log asked for: OOM.',
      )
      await client.configSet('maxmemory', '0')
      expect(await log.append('a', ['2'])).toBe(false)
      await log.end('a', [], 'done')
      const late = await collectRun(await log.read('a', 0, never()))
      expect(late).toMatchObject({ frames: [], end: 'interrupted' })
    })

    it('says so when the client was never connected', async () => {
      const client = await redis.connect()
      client.destroy()
      const log = createRedisRunLog({ client })

      await expect(log.acquire('a', 'body', ignore)).rejects.toThrow('await its connect() first')
      log.close()
    })
  },
  true,
)
