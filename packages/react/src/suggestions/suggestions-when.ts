import type { ThreadState } from '@fluokit/core'

/** When suggestions are shown: wherever they stand, before the first turn, or under an answer that is there. */
export type SuggestionsWhen = 'always' | 'empty' | 'settled'

/** Whether it is the moment to show suggestions. */
export function isMomentFor(when: SuggestionsWhen, state: ThreadState): boolean {
  const { turns, status, isRestoring, queued } = state
  if (when === 'always') return true
  if (isRestoring) return false
  if (when === 'empty') return turns.length === 0
  return turns.length > 0 && status === 'ready' && queued.length === 0
}
