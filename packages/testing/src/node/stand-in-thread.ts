import type { ThreadTurn } from './agent.ts'

/** A thread that the stand-in knows. */
export interface StandInThread {
  readonly id: string
  readonly agentId: string
  readonly history: readonly ThreadTurn[]
}
