'use client'
import type { Turn } from '@fluokit/core'
import { useState } from 'react'
import { groupTurns, type TurnGroup } from './group-turns.ts'

/** The turns of a list in groups; of the last list, those in which nothing has changed are the same. */
export function useTurnGroups(turns: readonly Turn[]): readonly TurnGroup[] {
  const [shown, show] = useState(() => ({ turns, groups: groupTurns([], turns) }))
  if (shown.turns === turns) return shown.groups
  const groups = groupTurns(shown.groups, turns)
  show({ turns, groups }) // while rendering: React renders this component anew at once, and nothing below it
  return groups
}
