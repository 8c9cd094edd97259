import type { FluoEvent } from '../wire/fluo-event.ts'
import { fold } from './fold.ts'
import { endRun } from './run-end.ts'
import type { Run } from './thread-state.ts'

/** A transport of an application's own may bring what is no event: it ends the run, and hangs nothing. */
export function foldSafely(run: Run, event: FluoEvent): Run {
  try {
    return fold(run, event)
  } catch {
    return endRun(run, 'failed', { code: 'invalid' })
  }
}
