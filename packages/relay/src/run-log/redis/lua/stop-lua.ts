import { sharedLua } from './shared-lua.ts'

/**
 * Asks a run's owner to stop. A run that nobody has begun is over with that, whatever was going to be asked.
 * KEYS: run, frames (of the token). ARGV: channel, token for a run that is not there, keeping time in ms, the run's key.
 */
export const stopLua: string = `${sharedLua}
local run = redis.call('HMGET', KEYS[1], 'token', 'end', 'owner')
if not run[1] then
  redis.call('HSET', KEYS[1], 'token', ARGV[2], 'body', '', 'head', 0, 'bytes', 0)
  close(KEYS[1], KEYS[2], ARGV[1], 0, 'stopped', ARGV[3])
elseif not run[2] then
  redis.call('HSET', KEYS[1], 'stop', 1)
  redis.call('PUBLISH', run[3], ARGV[4])
end
return 'asked'
`
