import { createMemoryRunLog } from './memory-run-log.ts'
import type { RunLog } from './run-log.ts'

const name = Symbol.for('fluokit.run-log.1')

/**
 * The one memory log of this process, made when it is first asked for. Development servers load changed modules anew,
 * and some bundlers give each route its own copy of them: what is open must outlive both.
 */
export function processRunLog(): RunLog {
  const shared = globalThis as { [name]?: RunLog }
  return (shared[name] ??= createMemoryRunLog())
}
