/**
 * Asks a run's owner to stop, also where Redis is full: once a script has taken something away, it may write. A run that nobody
 * has begun is over with that, whatever was going to be asked; where Redis is full, none begins.
 * KEYS: run, stop. ARGV: the run's key, for how long a run that is not there stays stopped in ms.
 */
export const stopLua = `
local run = redis.call('HMGET', KEYS[1], 'token', 'end', 'owner')
if run[1] then
  if not run[2] then
    redis.call('HDEL', KEYS[1], 'stop')
    redis.call('HSET', KEYS[1], 'stop', 1)
    redis.call('PUBLISH', run[3], ARGV[1])
  end
  return 'asked'
end
local said = redis.pcall('SET', KEYS[2], 1, 'PX', ARGV[2])
if said.err and not string.find(said.err, 'OOM', 1, true) then return said end
return 'asked'
`
