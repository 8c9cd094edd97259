import type { Run, Turn } from '../thread/thread-state.ts'
import type { ToolSchemas } from './register.ts'

/**
 * What `defineTools` makes of schemas, for the client and for `Register`. Its checks mark calls of tools and leave their data as
 * they came. They never throw, and a call is checked once, until it changes.
 */
export interface Tools<Schemas extends ToolSchemas = ToolSchemas> {
  /** The schemas as they were given. */
  readonly schemas: Schemas
  /** The run with all of its calls checked; the same one where that changes nothing. The client calls it. */
  readonly checkRun: (run: Run) => Run
  /** The same for turns that were kept: by other schemas, perhaps. */
  readonly checkTurns: (turns: readonly Turn[]) => readonly Turn[]
}
