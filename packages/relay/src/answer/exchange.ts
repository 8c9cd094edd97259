import type { AnswerContext } from './answer.ts'
import type { Mask } from '../upstream/mask.ts'
import type { RelayLogEntry } from './relay-log.ts'

/** What is known of one request while it is answered. */
export interface Exchange extends AnswerContext {
  /** Hides keys, raw IDs and handles from the log. */
  readonly logMask: Mask
  /** Facts that every further log entry of this request carries. */
  facts: Pick<RelayLogEntry, 'agentId' | 'runId' | 'user' | 'thread'>
  log(entry: Omit<RelayLogEntry, 'requestId' | keyof Exchange['facts']>): void
}
