import { sharedLua } from './shared-lua.ts'

/**
 * Says how many read a run through a log that does not own it, for some time, also where Redis is full; and tells the owner
 * where that is news.
 * KEYS: run, readers. ARGV: token, who, how many, for how long in ms, '1' for news, the run's key.
 */
export const attendLua: string = `${sharedLua}
redis.call('HDEL', KEYS[2], ARGV[2])
if ARGV[3] ~= '0' then
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3] .. ':' .. string.format('%d', now() + ARGV[4]))
  redis.call('PEXPIRE', KEYS[2], 2 * ARGV[4])
end
if ARGV[5] == '1' then
  local run = redis.call('HMGET', KEYS[1], 'token', 'owner', 'end')
  if run[1] == ARGV[1] and run[2] and not run[3] then redis.call('PUBLISH', run[2], ARGV[6]) end
end
return 'told'
`
