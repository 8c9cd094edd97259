import { ErrorReply } from '@redis/client'
import { describe, expect, it } from 'vitest'
import { RedisFault } from './redis-fault.ts'

describe('RedisFault', () => {
  it.each([
    [
      new ErrorReply(`WRONGTYPE Operation against a key, called with "a person's text"`),
      'WRONGTYPE',
    ],
    [new ErrorReply('NOPERM User app has no permissions to access one of the keys'), 'NOPERM'],
    [new Error('connect ECONNREFUSED redis://user:password@10.0.0.1:6379'), null],
    [new Error('password'), null],
    ['redis://user:password@10.0.0.1', null],
  ])('holds nothing of what it was made of: %s', (thrown, code) => {
    const fault = RedisFault.of(thrown)
    expect(`${fault.message} ${fault.stack ?? ''}`).not.toMatch(/person|password|10\.0|User app/)
    expect(fault.cause).toBeUndefined()
    expect(fault.code).toBe(code)
  })

  it.each([
    ['LOADING Redis is loading the dataset in memory', true],
    ['READONLY You can not write against a read only replica.', true],
    ['Socket closed unexpectedly', true],
    ['OOM command not allowed', false],
    ['NOAUTH Authentication required.', false],
    ['The client is closed', false],
  ])('knows what passes by itself: %s', (message, isPassing) => {
    expect(RedisFault.of(new Error(message)).isPassing).toBe(isPassing)
  })
})
