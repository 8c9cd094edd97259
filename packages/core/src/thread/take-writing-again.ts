import { takeWriting } from './take-writing.ts'
import type { RecordKeeper, ThreadTabs } from './thread-ports.ts'
import { longestAnswer, within } from './within.ts'

/**
 * Takes the right to write for a run that was refused and waited: false also where another tab has asked or settled its
 * turn meanwhile.
 */
export function takeWritingAgain(
  tabs: ThreadTabs,
  record: RecordKeeper,
  runId: string,
): boolean | Promise<boolean> {
  const isOpen = (): boolean => record.current.open?.run.runId === runId
  const taken = takeWriting(tabs, record)
  if (taken !== true) return Promise.resolve(taken).then((isTaken) => isTaken && isOpen())
  const refreshed = record.refresh()
  return refreshed === undefined ? isOpen() : within(longestAnswer, refreshed).then(isOpen)
}
