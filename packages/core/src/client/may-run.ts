import type { ThreadRecord } from '../thread/thread-record.ts'

/** A run that nobody here reads is shown as running for this long after it was asked for, in milliseconds. */
const longestRun = 3_600_000

/**
 * Whether the run that a record has open may be going on: only where that `canBeKnown`, by going on with it or from another tab, and no run is
 * believed to go on for ever.
 */
export function mayRun({ open, askedAt }: ThreadRecord, canBeKnown: boolean): boolean {
  const isRecent = Date.now() - (askedAt ?? 0) < longestRun
  return canBeKnown && isRecent && open?.isAccepted === true
}
