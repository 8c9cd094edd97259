import type { createClient, createCluster, createSentinel } from '@redis/client'
import { describe, expectTypeOf, it } from 'vitest'
import type { RedisRunLogClient } from './redis-run-log-client.ts'

describe('RedisRunLogClient', () => {
  it('is what applications have', () => {
    expectTypeOf<ReturnType<typeof createClient>>().toExtend<RedisRunLogClient>()
    expectTypeOf<ReturnType<typeof createCluster>>().toExtend<RedisRunLogClient>()
    expectTypeOf<ReturnType<typeof createSentinel>>().toExtend<RedisRunLogClient>()
  })
})
