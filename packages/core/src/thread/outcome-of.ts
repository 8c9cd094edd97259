import type { FluoError } from '../wire/errors.ts'
import type { StreamEnd } from './pump-run.ts'
import { endOfStream, type Completion } from './run-end.ts'
import type { Run, RunEnd } from './thread-state.ts'
import { warn } from './warn.ts'

export interface ReadRun {
  readonly run: Run
  /** Whether anything has come of it, here or on an earlier page. */
  readonly hasEvents: boolean
  /** Whether an earlier page had asked for it. */
  readonly isLeft: boolean
  readonly completion: Completion
}

/** How a run ended whose stream is over and that no event has ended: what the server says of it, or what was seen. */
export function outcomeOf(
  { end: mark, error }: StreamEnd,
  { run, hasEvents, isLeft, completion }: ReadRun,
): { readonly how: RunEnd; readonly error: FluoError | null } {
  if (mark === 'stopped') return { how: mark, error: null }
  if (mark !== null && mark !== 'done') {
    // It was asked for, and what is not here will not come.
    const how = hasEvents ? 'interrupted' : 'unknown'
    if (error !== null || isLeft) return { how, error }
    return { how, error: { code: hasEvents ? 'network' : 'empty' } }
  }
  if (error !== null) return { how: hasEvents ? 'interrupted' : 'failed', error }
  if (!hasEvents) return { how: 'failed', error: { code: 'empty' } }
  const how = endOfStream(run, completion)
  if (how === 'interrupted' && !run.messages.some(({ isFinal }) => isFinal)) {
    warn(
      "a stream ended cleanly without a message_final, so its run counts as cut off. If the agent never sends one, name it with `completion: 'end-of-stream'`.",
    )
  }
  return { how, error: how === 'interrupted' ? { code: 'network' } : null }
}
