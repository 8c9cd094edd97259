import { afterAll, beforeAll } from 'vitest'
import { describeRedis } from '../__fixtures__/describe-redis.ts'
import { describeRunLog } from '../__fixtures__/run-log-contract.ts'
import { anyRedis, type TestRedis } from '../__fixtures__/test-redis.ts'
import { createRedisRunLog, type RedisRunLog } from './redis-run-log.ts'

describeRedis('createRedisRunLog', () => {
  let redis: TestRedis
  let here: RedisRunLog
  let there: RedisRunLog
  beforeAll(async () => {
    redis = await anyRedis()
    const prefix = `test-${crypto.randomUUID()}:`
    here = createRedisRunLog({ client: await redis.connect(), prefix })
    there = createRedisRunLog({ client: await redis.connect(), prefix })
  })
  afterAll(async () => {
    here.close()
    there.close()
    await redis.close()
  })

  describeRunLog('createRedisRunLog', async () => ({ here, there }))
})
