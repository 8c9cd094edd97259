import { describe, expect, it } from 'vitest'
import { parseEvent } from './encode-event.ts'
import { encodeRunEnd, parseRunEnd } from './run-end-mark.ts'

describe('encodeRunEnd', () => {
  it.each(['done', 'stopped', 'interrupted', 'failed', 'unknown'] as const)(
    'comes back through parseRunEnd: %s',
    (end) => {
      expect(parseRunEnd(encodeRunEnd(end))).toBe(end)
    },
  )

  it('is an event nobody knows to who expects no mark', () => {
    expect(parseEvent(encodeRunEnd('done'))).toMatchObject({ type: 'unknown' })
  })
})

describe('parseRunEnd', () => {
  it.each(['{ "type": "run_end", "end": "done" }', '{"end":"done","type":"run_end"}'])(
    'reads %s, as another relay may write it',
    (json) => {
      expect(parseRunEnd(json)).toBe('done')
    },
  )

  it.each([
    '',
    'run_end',
    '"run_end"',
    '{"type":"message_delta","text":"run_end"}',
    '{"type":"run_end"}',
    '{"type":"run_end","end":"over"}',
    '{"type":"run_end","end":"toString"}',
    '{"type":"run_end","end":["done"]}',
    '[{"type":"run_end","end":"done"}]',
  ])('is null for %s', (json) => {
    expect(parseRunEnd(json)).toBeNull()
  })
})
