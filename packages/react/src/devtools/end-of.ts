import type { RecordedRun } from './recorded-run.ts'
import { words } from './words.ts'

/** How a run ended, in a word. */
export function endOf({ end, isOver }: RecordedRun): string {
  if (end !== null) return words.ends[end]
  return isOver ? words.left : words.open
}
