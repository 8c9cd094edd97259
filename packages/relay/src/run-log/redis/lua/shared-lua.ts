/**
 * What several scripts begin with. `close` ends a run: the mark is the stream's last entry, one behind the last frame, so
 * that who reads the stream needs to look nowhere else. A Redis that is full takes it: once a script has set how long something
 * lives, it may write, so that is always the first thing.
 */
export const sharedLua = `
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function entry(number)
  return string.format('%d-0', number)
end
local function close(run, frames, channel, head, ending, keepMs)
  redis.call('PEXPIRE', run, keepMs)
  redis.call('XADD', frames, entry(head + 1), 'end', ending)
  redis.call('HSET', run, 'end', ending)
  redis.call('PEXPIRE', frames, keepMs)
  redis.call('PUBLISH', channel, head + 1)
end
`
