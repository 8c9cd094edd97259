import type { Turn } from '@fluokit/core'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { messagesOfTurns } from './chat-messages.ts'
import { createMessageList } from './message-list.ts'

afterEach(() => vi.restoreAllMocks())

function turnOf(id: string, answers: number): Turn {
  const messages = Array.from({ length: answers }, (_, index) => ({
    id: `${id}:${index}`,
    isFinal: false,
    parts: [],
  }))
  return {
    id,
    input: { query: 'q' },
    sentAt: 0,
    runs: [{ id, messages, end: null, error: null }],
  }
}

const turnsOf = (count: number): readonly Turn[] =>
  Array.from({ length: count }, (_, index) => turnOf(`turn-${index}`, 1))

const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('last'), count: fc.nat({ max: 3 }) }) },
  fc.record({
    what: fc.constantFrom('add', 'remove', 'first', 'middle', 'prepend', 'reset', 'same'),
    count: fc.nat({ max: 3 }),
  }),
)

function changed(turns: readonly Turn[], what: string, count: number): readonly Turn[] {
  const turn = turnOf(`new-${Math.random()}`, count)
  const replace = (index: number): readonly Turn[] =>
    turns[index] === undefined ? turns : turns.with(index, { ...turn, id: turns[index].id })
  switch (what) {
    case 'last':
      return replace(turns.length - 1)
    case 'first':
      return replace(0)
    case 'middle':
      return replace(Math.floor(turns.length / 2))
    case 'add':
      return [...turns, turn]
    case 'prepend':
      return [turn, ...turns]
    case 'remove':
      return turns.slice(0, -1)
    case 'reset':
      return []
    default:
      return turns
  }
}

describe('createMessageList', () => {
  it('tells the messages of all turns, whatever has become of them since it told before', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const tell = createMessageList()
        let turns = turnsOf(3)
        for (const { what, count } of changes) {
          turns = changed(turns, what, count)
          expect(tell(turns)).toEqual(messagesOfTurns(turns))
        }
      }),
    )
  })

  it('asks as much for a turn that grows under 1,000 others as under two', () => {
    const asked = (count: number): number => {
      const tell = createMessageList()
      const turns = turnsOf(count)
      tell(turns)
      const look = vi.spyOn(WeakMap.prototype, 'get')
      for (let frame = 0; frame < 10; frame += 1) tell(turns.with(-1, turnOf('last', 1)))
      const looks = look.mock.calls.length
      look.mockRestore()
      return looks
    }

    expect(asked(2)).toBeGreaterThan(0)
    expect(asked(1000)).toBe(asked(2))
  })
})
