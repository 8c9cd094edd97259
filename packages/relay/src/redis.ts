export {
  createRedisRunLog,
  type RedisRunLog,
  type RedisRunLogOptions,
} from './run-log/redis/redis-run-log.ts'
export type { RedisRunLogClient } from './run-log/redis/redis-run-log-client.ts'
