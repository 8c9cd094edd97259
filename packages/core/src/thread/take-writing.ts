import type { RecordKeeper, ThreadTabs } from './thread-ports.ts'
import { longestAnswer, within } from './within.ts'

/**
 * Takes the right to write a thread, to the conversation that this tab shows: false where another tab has it, or has
 * begun another conversation under the same key: whoever asked lets go then. At once where there are no other tabs.
 */
export function takeWriting(tabs: ThreadTabs, record: RecordKeeper): boolean | Promise<boolean> {
  const taken = tabs.take()
  return taken === true || shownIsCurrent(taken, record)
}

async function shownIsCurrent(
  taken: boolean | Promise<boolean>,
  record: RecordKeeper,
): Promise<boolean> {
  const { id } = record.current
  if (!(await taken)) return false
  await within(longestAnswer, Promise.resolve(record.refresh()))
  return record.current.id === id
}
