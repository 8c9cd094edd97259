import type { Turn } from '@fluokit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { turnsOf } from '../../test/turns.ts'
import { groupTurns, type TurnGroup } from './group-turns.ts'

const some: readonly Turn[] = turnsOf(200)

function idsOf(turns: readonly Turn[]): readonly string[] {
  return turns.map(({ id }) => id)
}

describe('groupTurns', () => {
  it('makes groups of 32, and keeps all but the last as turns are added', () => {
    const before = groupTurns([], some.slice(0, 70))

    const after = groupTurns(before, some.slice(0, 71))

    expect(before.map(({ turns }) => turns.length)).toEqual([32, 32, 6])
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(after[2]).toEqual({ id: before[2]?.id, turns: some.slice(64, 71) })
  })

  it('keeps the group of what was there where earlier turns come before it', () => {
    const [own] = groupTurns([], some.slice(100, 110))

    const groups = groupTurns(own === undefined ? [] : [own], some.slice(0, 110))

    expect(groups.at(-1)).toBe(own)
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
  })

  it('shows every turn once, in order, and moves none out of its group, whatever comes and goes', () => {
    const step = fc.tuple(fc.nat(199), fc.nat(199), fc.nat(7)).map(([from, to, left]) =>
      // A piece of all turns, from which some are left out.
      some
        .slice(Math.min(from, to), Math.max(from, to) + 1)
        .filter((_, index) => left === 0 || index % (left + 1) !== 0),
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        let groups: readonly TurnGroup[] = []
        for (const turns of steps) {
          const before = new Map(
            groups.flatMap(({ id, turns: its }) => its.map((turn) => [turn.id, id])),
          )
          groups = groupTurns(groups, turns)

          expect(idsOf(groups.flatMap((group) => group.turns))).toEqual(idsOf(turns))
          expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
          for (const { id, turns: its } of groups) {
            for (const turn of its) expect(before.get(turn.id) ?? id).toBe(id)
          }
        }
      }),
    )
  })
})
