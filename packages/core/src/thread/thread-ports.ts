import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { ThreadRecord } from './thread-record.ts'
import type { Run, RunEnd } from './thread-state.ts'

/** What a thread remembers, kept by the client. Neither call throws. */
export interface RecordKeeper {
  readonly current: ThreadRecord
  /** Reads what is stored; a promise only where the storage needs one. */
  restore(): void | Promise<void>
  /** Changes the record and stores it in the same tick. */
  update(change: Partial<ThreadRecord>): void
  /** Takes the record out of the storage, for good. */
  forget(): Promise<void>
}

/** What a thread tells its client. None of these throws. */
export interface ThreadObserver {
  onEvent(event: FluoEvent): void
  onThreadRef(threadRef: string): void
  onRunAccepted(runId: string, ready: Promise<RunEnd>): void
  onRunEnd(run: Run): void
  onError(error: FluoError): void
}
