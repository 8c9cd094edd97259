import type { Turn } from '@fluokit/core'

/** Some turns in a row, which render together; the same object while nothing in it changes. */
export interface TurnGroup {
  readonly id: number
  readonly turns: readonly Turn[]
}

/** With each frame React looks at every group, and at every turn of the group in which the newest stands. */
const groupSize = 32

/**
 * Turns in groups. A turn stays in its group whatever comes before or after it, for in another its elements would be made
 * anew; what comes between two turns of a group stands in it as well.
 */
export function groupTurns(
  before: readonly TurnGroup[],
  turns: readonly Turn[],
): readonly TurnGroup[] {
  const groupOf = new Map(before.flatMap((group) => group.turns.map(({ id }) => [id, group])))
  const endOf = new Map(turns.map(({ id }, index) => [groupOf.get(id), index]))
  const groups: { readonly known: TurnGroup | undefined; readonly turns: Turn[] }[] = []
  for (const [index, turn] of turns.entries()) {
    const known = groupOf.get(turn.id)
    const current = groups.at(-1)
    const isInside = current?.known !== undefined && index <= (endOf.get(current.known) ?? -1)
    const hasRoom = known === undefined && (current?.turns.length ?? groupSize) < groupSize
    if (isInside || hasRoom) current?.turns.push(turn)
    else groups.push({ known, turns: [turn] })
  }
  let last = Math.max(0, ...before.map(({ id }) => id))
  return groups.map(({ known, turns: shown }) => {
    const isSame =
      known?.turns.length === shown.length && shown.every((turn, at) => turn === known.turns[at])
    return isSame ? known : { id: known?.id ?? (last += 1), turns: shown }
  })
}
