import { sharedLua } from './shared-lua.ts'

/**
 * Takes a run if nobody has, and nobody has asked to stop it. The same token again is an answer that was lost on its way.
 * KEYS: run, stop. ARGV: token, body hash, channel of the owner, lease and keeping time in ms.
 */
export const acquireLua: string = `${sharedLua}
local run = redis.call('HMGET', KEYS[1], 'token', 'body')
if run[1] then
  if run[1] == ARGV[1] then return 'owner' end
  if run[2] == ARGV[2] then return 'follower' end
  return 'conflict'
end
if redis.call('GET', KEYS[2]) then return 'follower' end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'body', ARGV[2], 'owner', ARGV[3],
  'head', 0, 'bytes', 0, 'until', now() + ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 'owner'
`
