import { sharedLua } from './shared-lua.ts'

/**
 * Adds frames, and ends or frees the run where asked, if it is still the caller's. Asking again writes nothing twice:
 * frames have numbers. The number 0 stands for whatever comes next. Where Redis has lost frames that it had taken, the run ends.
 * A Redis that is full takes an end, and nothing else.
 * KEYS: run, frames. ARGV: channel, token, number of the first frame, lease and keeping time in ms, most bytes, how to
 * end ('' to go on), '1' to free the key, frames.
 */
export const writeLua: string = `${sharedLua}
local fixed = 8
local run = redis.call('HMGET', KEYS[1], 'token', 'end', 'head', 'bytes')
if run[1] ~= ARGV[2] or run[2] then return 'lost' end
local head = tonumber(run[3])
local bytes = tonumber(run[4])
local first = tonumber(ARGV[3])
if first == 0 then first = head + 1 end
if first > head + 1 then
  close(KEYS[1], KEYS[2], ARGV[1], head, 'interrupted', ARGV[5])
  return 'lost'
end
if first == head + 1 then
  for index = fixed + 1, #ARGV do bytes = bytes + #ARGV[index] end
  if ARGV[7] == '' and bytes > tonumber(ARGV[6]) then return 'full' end
  if ARGV[7] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[5]) end
  for index = fixed + 1, #ARGV do
    head = head + 1
    redis.call('XADD', KEYS[2], entry(head), 'frame', ARGV[index])
  end
end
if ARGV[7] ~= '' then
  close(KEYS[1], KEYS[2], ARGV[1], head, ARGV[7], ARGV[5])
  if ARGV[8] == '1' then redis.call('DEL', KEYS[1]) end
  return 'written'
end
redis.call('HSET', KEYS[1], 'head', head, 'bytes', bytes, 'until', now() + ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
redis.call('PUBLISH', ARGV[1], head)
return 'written'
`
