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
      await here.append('a', ['1'], ignore)
      const pieces = await Promise.all([here, there].map((log) => log.read('a', 0, never())))
      const reading = pieces.map((run) => collectRun(run).catch(String))
      await redis.kill()

      await expect(here.append('a', ['2'], ignore)).rejects.toThrow('did not answer')
      await expect(here.renew('a', ignore)).rejects.toThrow('did not answer')
      await expect(there.read('a', 0, never())).rejects.toThrow('did not answer')
      await expect(there.stop('a')).rejects.toThrow('did not answer')
      await expect(there.acquire('b', 'body', ignore)).rejects.toThrow('did not answer')
      await expect(here.end('a', [], 'failed', ignore)).rejects.toThrow('did not answer')
      for (const how of await Promise.all(reading)) expect(how).toContain('did not answer')
    })

    it('lets readers leave, and tells the owner of a stop that was asked for here', async () => {
      const log = await newLog()
      let news = 0
      const onNews = (): void => void (news += 1)
      await log.acquire('a', 'body', onNews)
      const left = new AbortController()
      const reading = collectRun(await log.read('a', 0, left.signal))
      await redis.kill()
      left.abort()
      expect(await reading).toMatchObject({ frames: [], end: null })

      news = 0
      await log.stop('a')
      expect(news).toBe(1)
      expect(await log.renew('a', onNews)).toEqual({ state: 'stopped', readers: 0 })
    })

    it('goes on with runs that are new when Redis comes back empty, and tells who read an old one', async () => {
      const patient = { leaseMs: 4000, keepMs: 60_000 }
      const [here, there] = [await newLog(patient), await newLog(patient)]
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'], ignore)
      const pieces = await there.read('a', 0, never())
      const reading = collectRun(pieces).catch(String)
      await redis.kill()
      await redis.start()

      expect(await here.append('a', ['2'], ignore)).toBe(false)
      expect(await here.renew('a', ignore)).toEqual({ state: 'lost', readers: 0 })
      await here.end('a', ['3'], 'done', ignore)
      expect(await reading).toContain('not in the run log any more')
      expect(await there.read('a', 0, never())).toBeNull()

      await here.acquire('b', 'body', ignore)
      const next = collectRun(await there.read('b', 0, never()))
      await here.append('b', ['1'], ignore)
      await here.end('b', [], 'done', ignore)
      expect(await next).toMatchObject({ frames: ['1'], end: 'done' })
    })

    it('fails a reader before it would show a gap', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'], ignore)
      const pieces = await there.read('a', 0, never())
      await here.append('a', ['2', '3'], ignore)
      const [frames = ''] = await client.keys('*:frames:*')
      await client.xDel(frames, '2-0')
      await here.end('a', [], 'done', ignore)

      await expect(collectRun(pieces)).rejects.toThrow('not in the run log any more')
      expect(await there.read('a', 1, never())).toBeNull()
      expect(await collectRun(await there.read('a', 2, never()))).toMatchObject({ frames: ['3'] })
    })

    it('ends a run as interrupted when Redis has lost frames that it had taken', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'], ignore)
      const [run = ''] = await client.keys('*:run')
      const [frames = ''] = await client.keys('*:frames:*')
      const before = await client.hGetAll(run)
      await here.append('a', ['2', '3'], ignore)
      // As a replica does that takes over and had not heard of the last write.
      await client.hSet(run, before)
      await client.xDel(frames, ['2-0', '3-0'])
      await client.xSetId(frames, '1-0')

      expect(await here.append('a', ['4'], ignore)).toBe(false)
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
        const writing = here.append('a', [`${round}`], ignore)
        await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub'])
        await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])
        expect(await writing).toBe(true)
      }
      await here.end('a', [], 'done', ignore)

      expect(await reading).toMatchObject({ frames: expected, end: 'done' })
    })

    it('keeps two lives of one key apart when Redis has forgotten the first', async () => {
      const log = await newLog()
      const client = await redis.connect()
      let news = 0
      const first = (): void => void (news += 1)
      await log.acquire('a', 'body', first)
      await log.append('a', ['1'], first)
      const reading = collectRun(await log.read('a', 0, never()))
      await client.flushAll()
      const before = news

      expect(await log.acquire('a', 'body', ignore)).toBe('owner')
      expect(news).toBe(before + 1)
      await expect(reading).rejects.toThrow('not in the run log any more')
      expect(await log.append('a', ['of the first'], first)).toBe(false)
      expect(await log.renew('a', first)).toEqual({ state: 'lost', readers: 0 })
      await log.end('a', ['of the first'], 'failed', first)
      await log.append('a', ['of the second'], ignore)
      await log.end('a', [], 'done', ignore)

      const second = await collectRun(await log.read('a', 0, never()))
      expect(second).toMatchObject({ frames: ['of the second'], end: 'done' })
    })

    it('takes no new run and no new frame when Redis is full', async () => {
      const log = await newLog()
      const client = await redis.connect()
      await log.acquire('a', 'body', ignore)
      await client.configSet('maxmemory', '1mb')

      expect(await log.acquire('b', 'body', ignore)).toBe('full')
      await expect(log.append('a', ['a secret'], ignore)).rejects.toThrow(
        'Redis refused what the run log asked for: OOM.',
      )
      await client.configSet('maxmemory', '0')
      expect(await log.append('a', ['2'], ignore)).toBe(false)
      await log.end('a', [], 'done', ignore)
      const late = await collectRun(await log.read('a', 0, never()))
      expect(late).toMatchObject({ frames: [], end: 'interrupted' })
    })

    it('keeps open runs, takes their readers and says how they end, also when Redis is full', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'], ignore)
      await client.configSet('maxmemory', '1mb')

      const reading = collectRun(await there.read('a', 0, never()))
      expect(await here.renew('a', ignore)).toEqual({ state: 'kept', readers: 1 })
      await expect(here.append('a', ['2'], ignore)).rejects.toThrow('OOM')
      await here.end('a', ['why'], 'failed', ignore)
      expect(await reading).toMatchObject({ frames: ['1', 'why'], end: 'failed' })
    })

    it('ends the run of a dead owner, also when Redis is full', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      await here.acquire('a', 'body', ignore)
      await here.append('a', ['1'], ignore)
      await client.configSet('maxmemory', '1mb')
      const reading = collectRun(await there.read('a', 0, never()))
      here.close()

      expect(await reading).toMatchObject({ frames: ['1'], end: 'interrupted' })
    })

    it('tells the owner of a stop, and bears one of a run that nobody has begun, also when Redis is full', async () => {
      const [here, there] = [await newLog(), await newLog()]
      const client = await redis.connect()
      let tell = ignore
      const told = new Promise<void>((resolve) => (tell = resolve))
      const onNews = (): void => tell()
      await here.acquire('a', 'body', onNews)
      await client.configSet('maxmemory', '1mb')

      await there.stop('a')
      await told
      expect(await here.renew('a', onNews)).toEqual({ state: 'stopped', readers: 0 })
      await there.stop('b')
      expect(await there.read('b', 0, never())).toBeNull()
    })

    it('says so when its client is not connected', async () => {
      const client = await redis.connect()
      client.destroy()
      const log = createRedisRunLog({ client })

      await expect(log.acquire('a', 'body', ignore)).rejects.toThrow(
        'connect it before the first run',
      )
      log.close()
    })
  },
  true,
)
