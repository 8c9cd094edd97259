import { aborted } from '../sleep.ts'
import type { Step } from '../script.ts'
import type { Agent, AgentTurn } from './agent.ts'

/** The steps of an agent, one at a time. */
export interface AgentSteps {
  /** The next step, or null at the end or once the signal aborts: an agent that ignores it is not waited for. */
  next(): Promise<Step | null>
  /** Tells the agent that nobody listens any more. */
  leave(): void
}

/** Starts an agent on a turn. One that throws ends with a step that says so: a 500, or an `error` event. */
export function startAgent(agent: Agent, turn: AgentTurn): AgentSteps {
  const steps = run(agent, turn)
  return {
    async next() {
      const settled = new AbortController()
      const left = aborted(AbortSignal.any([turn.signal, settled.signal])).then(() => null)
      try {
        const step = steps.next().then(({ done, value }) => (done === true ? null : value))
        return await Promise.race([step, left])
      } finally {
        settled.abort()
      }
    },
    // Not awaited: an agent may be in the middle of something that never ends.
    leave: () => void steps.return(null),
  }
}

async function* run(agent: Agent, turn: AgentTurn): AsyncGenerator<Step, null> {
  try {
    yield* agent(turn)
  } catch {
    yield { status: 500, detail: 'Internal Server Error' }
  }
  return null
}
