import type { Script } from '../script.ts'
import { scripts as named } from '../scripts.ts'
import type { Agent } from './agent.ts'

/** Says who answers the next run: the next script (the last one repeats), else the agent, else a greeting. */
export function createScriptQueue(
  first: readonly Script[],
  agent: Agent = () => named.greeting.steps,
): { readonly next: Agent; readonly play: (script: Script | readonly Script[]) => void } {
  let scripts = first
  let played = 0
  return {
    next(turn) {
      const script = scripts[Math.min(played, scripts.length - 1)]
      played += 1
      return script === undefined ? agent(turn) : script.steps
    },
    play(script) {
      scripts = 'steps' in script ? [script] : script
      played = 0
    },
  }
}
