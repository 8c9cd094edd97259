import type { Transcript } from '../memory/transcript-store.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { ThreadRecord } from './thread-record.ts'
import type { Run, RunEnd, Turn } from './thread-state.ts'

/** What a thread remembers, kept by the client. Neither call throws. */
export interface RecordKeeper {
  readonly current: ThreadRecord
  /** Whether a record was found in the storage. */
  readonly isStored: boolean
  /** Reads what is stored; a promise only where the storage needs one. */
  restore(): void | Promise<void>
  /** Changes the record and stores it in the same tick. */
  update(change: Partial<ThreadRecord>): void
  /** Takes the record out of the storage, for good. */
  forget(): Promise<void>
}

/** The messages that a thread remembers, kept by the client. No call throws or rejects, and none is waited for. */
export interface TranscriptKeeper {
  load(recordId: string): Promise<Transcript>
  /** Keeps a turn whole. */
  put(recordId: string, turn: Turn): void
  /** Notes an event of an open run, to be written soon. */
  collect(recordId: string, runId: string, event: FluoEvent): void
  /** Writes what was collected now. */
  flush(): void
  remove(recordId: string): void
  /** Writes nothing any more; resolves once nothing is being written. */
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
