import type { ThreadState } from '@fluokit/core'

/** Whether a person has just sent a turn; what is restored was sent before. */
export function isSent(state: ThreadState, before: ThreadState): boolean {
  const newest = state.turns.at(-1)
  const isNew = newest !== undefined && newest.id !== before.turns.at(-1)?.id
  return isNew && state.status === 'submitted'
}

/** Whether a message has begun: only the newest run can begin one. */
export function begins({ turns }: ThreadState, before: ThreadState): boolean {
  return turns.length > before.turns.length || messagesIn(turns) > messagesIn(before.turns)
}

function messagesIn(turns: ThreadState['turns']): number {
  return turns.at(-1)?.runs.at(-1)?.messages.length ?? 0
}
