import { describe, expect, it } from 'vitest'
import { mergeTurns, restoredTurns } from './restored-turns.ts'
import type { OpenTurn } from './thread-record.ts'
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

describe('restoredTurns', () => {
  const open: OpenTurn = {
    turnId: 'turn',
    input: { query: 'Hi' },
    sentAt: 1,
    run: { runId: 'run', agentId: 'agent', after: null },
    isAccepted: true,
    end: 'done',
    error: null,
  }
  const half = { type: 'message_delta', text: 'Hel' } as const
  const whole = { type: 'message_final', text: 'Hello' } as const
  const endOf = (turns: readonly Turn[]): unknown => turns[0]?.runs[0]?.end

  it('takes an answer for whole only if its journal is: it may have been cut off before the end (F53)', () => {
    const journal = (events: readonly unknown[]) => [{ runId: 'run', events }] as never

    expect(endOf(restoredTurns({ turns: [], journals: journal([half, whole]) }, open))).toBe('done')
    expect(endOf(restoredTurns({ turns: [], journals: journal([half]) }, open))).toBe('interrupted')
    expect(endOf(restoredTurns({ turns: [], journals: [] }, open))).toBe('interrupted')
  })

  it('believes a turn that was kept whole, whatever its agent sends at the end', () => {
    const run = { ...emptyRun('run'), end: 'done' as const }
    const kept: Turn = { id: 'turn', input: { query: 'Hi' }, sentAt: 1, runs: [run] }

    expect(endOf(restoredTurns({ turns: [kept], journals: [] }, open))).toBe('done')
  })
})
