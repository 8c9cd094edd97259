import { afterAll, beforeAll, expect, it } from 'vitest'
import { collectRun } from '../__fixtures__/collect-run.ts'
import { describeRedis } from '../__fixtures__/describe-redis.ts'
import { startRedis, type TestClient, type TestRedis } from '../__fixtures__/test-redis.ts'
import { createRedisRunLog } from './redis-run-log.ts'

const ignore = (): void => undefined

/** As the README has it. */
const rights =
  '~fluokit:* &fluokit:* -@all +@connection +eval +evalsha +subscribe +unsubscribe +publish +time +del +pexpire ' +
  '+get +set +hget +hmget +hset +hdel +hgetall +xadd +xrange +xrevrange'

describeRedis(
  'createRedisRunLog, for a user of Redis with few rights',
  () => {
    let redis: TestRedis
    let admin: TestClient
    let client: TestClient
    beforeAll(async () => {
      redis = await startRedis()
      admin = await redis.connect()
      await admin.sendCommand([
        'ACL',
        'SETUSER',
        'relay',
        'on',
        '>a-password',
        ...rights.split(' '),
      ])
      client = admin.duplicate({ username: 'relay', password: 'a-password' }) as TestClient
      client.on('error', () => undefined)
      await client.connect()
    })
    afterAll(async () => {
      client.destroy()
      await redis.close()
    })

    it('needs no more than what its page says', async () => {
      const [here, there] = [createRedisRunLog({ client }), createRedisRunLog({ client })]
      await here.acquire('a', 'body', ignore)
      const reading = collectRun(await there.read('a', 0, new AbortController().signal))
      await expect.poll(() => admin.pubSubChannels('fluokit:*')).toHaveLength(2)
      await here.append('a', ['1'], ignore)
      await there.stop('a')
      expect(await here.renew('a', ignore)).toEqual({ state: 'stopped', readers: 1 })
      await here.end('a', ['2'], 'stopped', ignore)
      expect(await reading).toMatchObject({ frames: ['1', '2'], end: 'stopped' })
      await there.acquire('b', 'body', ignore)
      await there.release('b', ['1'], ignore)
      await there.stop('c')
      here.close()
      there.close()
    })

    it('says which right is missing by Redis’ own word, and nothing else', async () => {
      const log = createRedisRunLog({ client, prefix: 'other:' })
      await expect(log.acquire('a', 'body', ignore)).rejects.toThrow(
        /^Redis refused what the run log asked for: [A-Z]+\.$/,
      )
      log.close()
    })
  },
  true,
)
