import type { FluoEvent } from '@fluokit/core/wire'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinDeltas } from './join-deltas.ts'

const delta = (text: string): FluoEvent => ({ type: 'message_delta', text })

const anyEvent: fc.Arbitrary<FluoEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 4 }).map(delta) },
  fc.record({
    type: fc.constant('message_delta' as const),
    text: fc.string({ maxLength: 4 }),
    messageId: fc.constantFrom('one', 'other'),
  }),
  fc.constantFrom<FluoEvent>(
    { type: 'message_delta' },
    { type: 'message_delta', text: 'whole', mode: 'replace' },
    { type: 'message_delta', text: 'x', threadRef: 'ref' },
    { type: 'thinking_part', text: 'hm' },
    { type: 'tool_start', callId: 'call' },
    { type: 'message_final' },
  ),
)

/** The events with all deltas in one character each: the same for the same text, wherever it was cut. */
function apart(events: readonly FluoEvent[]): readonly FluoEvent[] {
  return events.flatMap((event): readonly FluoEvent[] =>
    event.type === 'message_delta' && event.mode !== 'replace'
      ? (event.text ?? '').split('').map((text) => ({ ...event, text }))
      : [event],
  )
}

describe('joinDeltas', () => {
  it('makes one delta of those that follow each other', () => {
    const one = { type: 'message_delta', text: 'a', messageId: 'm', threadRef: 'ref' } as const
    const more = 'bcdefghij'.split('').map((text) => ({ ...one, text }))

    expect(joinDeltas([one, ...more])).toEqual([{ ...one, text: 'abcdefghij' }])
    expect(one.text).toBe('a')
  })

  it.each<[string, FluoEvent]>([
    ['another message', { type: 'message_delta', text: 'b', messageId: 'm2' }],
    ['another thread', { type: 'message_delta', text: 'b', threadRef: 'ref' }],
    ['a whole text', { type: 'message_delta', text: 'ab', mode: 'replace' }],
    ['a final', { type: 'message_final', text: 'ab' }],
    ['thinking', { type: 'thinking_part', text: 'hm' }],
    ['a tool', { type: 'tool_start' }],
  ])('keeps %s apart, on either side', (_, other) => {
    const said = 'abcd'.split('').map(delta)

    expect(joinDeltas([...said, other, ...said])).toEqual([delta('abcd'), other, delta('abcd')])
  })

  it('leaves a few events as they came', () => {
    const events = 'abcdefgh'.split('').map(delta)

    expect(joinDeltas(events)).toBe(events)
  })

  it('leaves deltas alone of which each repeats the text so far', () => {
    const events = Array.from({ length: 13 }, (_, end) => delta('One more line'.slice(0, end + 1)))

    expect(joinDeltas(events)).toEqual(events)
  })

  it('makes none of more than 16,384 characters, and leaves a longer one as it came', () => {
    const events = Array.from({ length: 5000 }, (_, index) => delta(`${index} words `))
    const lengths = joinDeltas(events).map((event) => ('text' in event ? event.text?.length : 0))
    const long = delta('x'.repeat(20_000))

    expect(Math.max(...lengths.map(Number))).toBeLessThanOrEqual(16_384)
    expect(lengths.length).toBeLessThan(8)
    expect(joinDeltas([...events, long, delta('b')]).slice(-2)).toEqual([long, delta('b')])
  })

  it('keeps every character of every message in its order', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 4, maxLength: 40 }), (events) => {
        expect(apart(joinDeltas(events))).toEqual(apart(events))
      }),
    )
  })
})
