import type { Transcript } from '../memory/transcript-store.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { ThreadRecord } from './thread-record.ts'
import type { Run, RunEnd, ThreadState, Turn } from './thread-state.ts'

/** What a thread remembers, kept by the client. Neither call throws. */
export interface RecordKeeper {
  readonly current: ThreadRecord
  /** Whether a record was found in the storage. */
  readonly isStored: boolean
  /** Whether the storage has been asked and has answered. */
  readonly isRead: boolean
  /** The conversation that was stored, where another was begun before it was read. */
  readonly replaced: ThreadRecord | null
  /** The ID of the conversation that was stored, where it was removed before it was read. */
  readonly removedLate: string | null
  /** The ID that a conversation has now: another one where it went on in the stored one, which was read late. */
  readonly nameOf: (id: string) => string
  /** Reads what is stored; a promise only where the storage needs one. */
  restore(): void | Promise<void>
  /** Takes over what another tab has stored since. */
  refresh(): void | Promise<void>
  /**
   * Changes the record and stores it in the same tick, if `may` says so of the newest one that is known. A title is only
   * filled in where there was none.
   */
  update(change: Partial<ThreadRecord>, may?: (newest: ThreadRecord) => boolean): void
  /** Whether the record is in the storage as it is here; resolves once what is being written is, or is late. */
  isWritten(): Promise<boolean>
  /**
   * Takes the record out of the storage and begins another one, which is stored with its first change. What another tab has begun here since
   * stays, where the storage says in this tick that it has; where another tab removed the record and told, also where it says so later.
   */
  renew(isTold: boolean): void
  /** Takes the record out of the storage, for good. */
  forget(): Promise<void>
}

/** The messages that a thread remembers, kept by the client. No call throws or rejects, and none is waited for. */
export interface TranscriptKeeper {
  load(recordId: string): Promise<Transcript>
  /** Keeps a turn whole; resolves once that is so with true, or with false where it cannot be. */
  put(recordId: string, turn: Turn): Promise<boolean>
  /** Notes an event of an open run, to be written soon, and the cursor behind which the run goes on. */
  collect(recordId: string, runId: string, event: FluoEvent, cursor: string | null): void
  /**
   * What is collected of this run is what lies behind a cursor, to be added to what is kept of it. Null: it is the run from its
   * first event, and what was kept of it counts no more.
   */
  resume(recordId: string, runId: string, after: string | null): void
  /** Writes nothing of what was collected and is not written yet: another tab collects it, too. */
  drop(): void
  /** Writes what was collected now. */
  flush(): void
  remove(recordId: string): void
  /** Resolves once all that was asked for by now is done. */
  idle(): Promise<unknown>
  /** Writes nothing any more; resolves once nothing is being written. */
  forget(): Promise<void>
}

/** The other tabs that may have this thread. No call throws or rejects. */
export interface ThreadTabs {
  /** Whether they have the same records. */
  readonly isShared: boolean
  /** Whether it can be known which of them writes. */
  readonly hasLocks: boolean
  /** Hears of them from now on. */
  open(): void
  /** Calls back when another tab begins to write this thread, and when it does no more. */
  listen(onElsewhere: (isElsewhere: boolean) => void): void
  /** Takes the right to write; false where another tab has it. At once where no other could. */
  take(): boolean | Promise<boolean>
  release(): void
  /** Whether another tab writes. */
  probe(): Promise<boolean>
  /** Tells the other tabs that the record or its transcript has changed. */
  tellChanged(): void
  close(): void
}

/** What a thread tells its client. None of these throws. */
export interface ThreadObserver {
  /** Its status, its turns as a list or the tab that writes it have changed: more than an answer that grows. */
  onChange(): void
  onEvent(event: FluoEvent): void
  onState(state: ThreadState): void
  onThreadRef(threadRef: string): void
  onRunAccepted(runId: string, ready: Promise<RunEnd>): void
  onRunEnd(run: Run): void
  onError(error: FluoError): void
  /** The conversation is about to be emptied for good. */
  onForget(): void
}
