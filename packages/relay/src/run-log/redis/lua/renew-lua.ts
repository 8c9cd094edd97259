import { sharedLua } from './shared-lua.ts'

/**
 * Keeps a run for its owner, also where Redis is full. Answers with its state and how many read it through other logs.
 * KEYS: run, frames, readers. ARGV: token, lease and keeping time in ms.
 */
export const renewLua: string = `${sharedLua}
local run = redis.call('HMGET', KEYS[1], 'token', 'end', 'stop')
if run[1] ~= ARGV[1] or run[2] then return { 'lost', 0 } end
local time = now()
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('HSET', KEYS[1], 'until', time + ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
local readers = 0
local all = redis.call('HGETALL', KEYS[3])
for index = 1, #all, 2 do
  local count, ends = string.match(all[index + 1], '^(%d+):(%d+)$')
  if tonumber(ends) > time then
    readers = readers + count
  else
    redis.call('HDEL', KEYS[3], all[index])
  end
end
return { run[3] and 'stopped' or 'kept', readers }
`
