import type { FluoErrorCode, RunEnd } from '@fluokit/core/wire'
import type { RelayLogEntry } from '../answer/relay-log.ts'

/** How a run ended, for the log. */
export interface RunEnding {
  readonly end: NonNullable<RelayLogEntry['end']>
  readonly code?: FluoErrorCode
  /** The log masks it. */
  readonly detail?: string
  /** It was the run log that failed: not Fluo, and nobody who reads. */
  readonly isLogFault?: boolean
}

/** What readers are told of an ending: after no event at all, nobody knows whether a run that was cut off has run. */
export function endForReaders({ end }: RunEnding, hasFrames: boolean): RunEnd {
  if (end === 'done' || end === 'stopped' || end === 'failed') return end
  return hasFrames ? 'interrupted' : 'unknown'
}
