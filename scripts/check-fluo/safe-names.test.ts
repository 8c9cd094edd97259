import { describe, expect, it } from 'vitest'
import { safeNames } from './safe-names.ts'

const isSafe = safeNames(['secretkey', 'ab'], new Set(['jane']))

describe('safeNames', () => {
  it.each([
    'delta',
    'thread_id',
    'citation',
    'response.output_text.delta',
    'finish_reason',
    'runId',
    'x-request-id',
  ])('lets %s through', (name) => expect(isSafe(name)).toBe(true))

  it.each([
    '42',
    'call_9f2',
    'deadbeef',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    'Jane Doe',
    'jane',
    'mysecretkey',
    'ключ',
    'bcdfghjk',
    '__proto__',
    'a'.repeat(41),
    '\u001b[31m',
    '',
  ])('holds %j back', (name) => expect(isSafe(name)).toBe(false))

  it('lets only the names that the kit reads through where tools choose the keys', () => {
    expect(isSafe('citation', 'closed')).toBe(false)
    expect(isSafe('tool_call_id', 'closed')).toBe(true)
  })
})
