import { describe, expect, it } from 'vitest'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { joinDeltas } from './join-deltas.ts'

function join(...events: readonly FluoEvent[]): readonly FluoEvent[] {
  const waiting: FluoEvent[] = []
  for (const event of events) joinDeltas(waiting, event)
  return waiting
}

describe('joinDeltas', () => {
  it('joins deltas of one message that follow each other', () => {
    expect(
      join(
        { type: 'message_delta', text: 'a', messageId: 'm1' },
        { type: 'message_delta', messageId: 'm1' },
        { type: 'message_delta', text: 'b', messageId: 'm1' },
      ),
    ).toEqual([{ type: 'message_delta', text: 'ab', messageId: 'm1' }])
  })

  it.each<[string, FluoEvent]>([
    ['another message', { type: 'message_delta', text: 'b', messageId: 'm2' }],
    ['a whole text', { type: 'message_delta', text: 'ab', mode: 'replace' }],
    ['a final', { type: 'message_final', text: 'ab' }],
    ['thinking', { type: 'thinking_part', text: 'hm' }],
    ['a tool', { type: 'tool_start' }],
  ])('keeps %s apart, on either side', (_, other) => {
    const delta = { type: 'message_delta', text: 'a' } as const

    expect(join(delta, other, delta)).toEqual([delta, other, delta])
  })

  it('changes no event that it was given', () => {
    const first = Object.freeze({ type: 'message_delta', text: 'a' } as const)

    join(first, { type: 'message_delta', text: 'b' })

    expect(first.text).toBe('a')
  })
})
