import type { FluoEvent } from '../wire/fluo-event.ts'
import { foldFinal, foldText } from './fold-text.ts'
import { foldToolEnd, foldToolStart } from './fold-tool.ts'
import { nextPartId, openNewest, replaceMessage } from './message-of-run.ts'
import { endRun } from './run-end.ts'
import type { Run } from './thread-state.ts'

/**
 * The run after one event. Pure and total: any order of events gives a run, what says nothing new gives the same
 * run, and a run that has ended stays as it is.
 */
export function fold(run: Run, event: FluoEvent): Run {
  if (run.end !== null) return run
  switch (event.type) {
    case 'run_start':
      return run
    case 'message_delta':
      return foldText(run, 'text', event)
    case 'thinking_part':
      return foldText(run, 'thinking', event)
    case 'message_final':
      return foldFinal(run, event)
    case 'tool_start':
      return foldToolStart(run, event)
    case 'tool_end':
      return foldToolEnd(run, event)
    case 'error':
      return event.error.code === 'thread-conflict' ? run : endRun(run, 'failed', event.error)
    case 'unknown':
      return foldUnknown(run, event.event, event.raw)
    default:
      event satisfies never
      return run
  }
}

/** Kept where it came, without opening a message that has ended. */
function foldUnknown(run: Run, event: string, raw: string): Run {
  const last = run.messages.at(-1)
  const [next, message] = last === undefined ? openNewest(run) : [run, last]
  const part = { type: 'unknown', id: nextPartId(message), event, raw } as const
  return replaceMessage(next, { ...message, parts: [...message.parts, part] })
}
