import type { FluoError } from '../wire/errors.ts'
import { closeCalls, hasRunningCall } from './fold-tool.ts'
import type { Run, RunEnd } from './thread-state.ts'

/** What an agent's stream promises: that each message has a final event, or only that it ends when it is done. */
export type Completion = 'message-final' | 'end-of-stream'

/** Whether something was begun and not ended: the newest message, or a tool call. */
export function isOpen(run: Run): boolean {
  return run.messages.at(-1)?.isFinal === false || hasRunningCall(run)
}

/** Whether the answer could be whole: at least one message ended, and nothing is open. */
export function isSettled(run: Run): boolean {
  return !isOpen(run) && run.messages.some(({ isFinal }) => isFinal)
}

/** Whether nothing is left to be done about a run that ended so. */
export function isOverAs(end: RunEnd | null | undefined): boolean {
  return end === 'done' || end === 'stopped'
}

/** How a run ended whose stream ended cleanly. */
export function endOfStream(run: Run, completion: Completion): RunEnd {
  return isSettled(run) || completion === 'end-of-stream' ? 'done' : 'interrupted'
}

/** The run, ended: open tool calls are `unfinished`. A run ends once. */
export function endRun(run: Run, end: RunEnd, error: FluoError | null = null): Run {
  return run.end === null ? { ...closeCalls(run), end, error } : run
}
