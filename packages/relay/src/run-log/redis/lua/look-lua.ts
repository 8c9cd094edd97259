import { sharedLua } from './shared-lua.ts'

/**
 * Reads frames behind a number, some bytes of them at most, and ends the run whose owner is dead: its lease is over. A frame that
 * is not where it must be makes the answer 'gone', as a run that is not there does.
 * KEYS: run, frames. ARGV: channel, token, number, bytes, keeping time in ms.
 * Answers with { end or '', number of the last frame there is, frames }.
 */
export const lookLua: string = `${sharedLua}
local head, ending = 0, ''
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
if last then
  head = tonumber(string.match(last[1], '^%d+'))
  if last[2][1] == 'end' then
    head = head - 1
    ending = last[2][2]
  end
end
if ending == '' then
  local run = redis.call('HMGET', KEYS[1], 'token', 'until')
  if run[1] ~= ARGV[2] then return 'gone' end
  if now() >= tonumber(run[2]) then
    ending = head > 0 and 'interrupted' or 'unknown'
    close(KEYS[1], KEYS[2], ARGV[1], head, ending, ARGV[5])
  end
end
local number = tonumber(ARGV[3])
if number > head then return 'gone' end
local left = tonumber(ARGV[4])
local frames = {}
while number < head and left > 0 do
  local rows = redis.call('XRANGE', KEYS[2], entry(number + 1), entry(head), 'COUNT', 32)
  if #rows == 0 then return 'gone' end
  for _, row in ipairs(rows) do
    number = number + 1
    if row[1] ~= entry(number) then return 'gone' end
    frames[#frames + 1] = row[2][2]
    left = left - #row[2][2]
    if left <= 0 then break end
  end
end
return { ending, head, frames }
`
