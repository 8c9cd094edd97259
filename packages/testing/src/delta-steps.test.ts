import { describe, expect, it } from 'vitest'
import { deltaSteps } from './delta-steps.ts'

describe('deltaSteps', () => {
  it('gives a delta and a wait for each word and loses no space', () => {
    expect(deltaSteps('  One two\n\n  three ', 5)).toEqual([
      { event: { type: 'message_delta', text: '  One ' } },
      { waitMs: 5 },
      { event: { type: 'message_delta', text: 'two\n\n  ' } },
      { waitMs: 5 },
      { event: { type: 'message_delta', text: 'three ' } },
      { waitMs: 5 },
    ])
  })
})
