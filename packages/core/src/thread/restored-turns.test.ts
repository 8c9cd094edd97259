import { describe, expect, it } from 'vitest'
import { mergeTurns } from './restored-turns.ts'
import { emptyRun, type Turn } from './thread-state.ts'

const turn = (id: number, sentAt = id, end: 'done' | null = 'done'): Turn => ({
  id: String(id),
  input: { query: String(id) },
  sentAt,
  runs: [{ ...emptyRun(`run-${id}`), end }],
})
const idsOf = (turns: readonly Turn[]): string => turns.map(({ id }) => id).join(' ')
const list = (...ids: readonly number[]): readonly Turn[] => ids.map((id) => turn(id))

describe('mergeTurns', () => {
  it.each([
    ['before its neighbour', [1, 2, 3], [2, 3], '1 2 3'],
    ['between its neighbours', [1, 2, 3], [1, 3], '1 2 3'],
    ['behind its neighbour', [1, 2, 3], [1, 2], '1 2 3'],
    [
      'by when it was sent, where kept turns have the same neighbours',
      [1, 3, 5],
      [1, 2, 4, 5],
      '1 2 3 4 5',
    ],
    ['by when it was sent, where nothing is on both sides', [3], [1, 2, 4], '1 2 3 4'],
  ])('puts a turn that is not kept %s', (_, present, kept, expected) => {
    expect(idsOf(mergeTurns(list(...present), list(...kept), [], false))).toBe(expected)
  })

  it('goes by its neighbours where the clock was wrong', () => {
    const present = [turn(1, 900), turn(2, 5), turn(3, 3)]

    expect(idsOf(mergeTurns(present, list(1, 3), [], false))).toBe('1 2 3')
  })

  it('keeps what is being asked last, and only that', () => {
    const present = [turn(1, 1, null)]

    expect(idsOf(mergeTurns(present, list(1, 2), [], true))).toBe('2 1')
    expect(idsOf(mergeTurns(present, list(1, 2), [], false))).toBe('1 2')
  })
})
