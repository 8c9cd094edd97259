import type { Tools } from '../tools/tools.ts'
import type { Transport } from '../transport/transport.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { Uploads } from '../uploads/uploads.ts'
import type { FrameScheduler } from './frame-commit.ts'
import type { RateLimitPolicy } from './rate-limit.ts'
import type { Completion } from './run-end.ts'
import type { RecordKeeper, ThreadObserver, ThreadTabs, TranscriptKeeper } from './thread-ports.ts'
import type { ThreadRecord } from './thread-record.ts'
import type { Turn } from './thread-state.ts'
import type { Thread } from './thread.ts'
import type { WhenBusy } from './turns.ts'
import type { SilenceLimits } from './watch-silence.ts'

/** What a client gives to each of its threads. */
export interface ThreadSetup {
  readonly agentId: string
  readonly threadKey: string
  readonly transport: Transport
  readonly completion: Completion
  readonly schedule: FrameScheduler
  readonly silence: SilenceLimits
  readonly rateLimit: RateLimitPolicy
  readonly whenBusy: WhenBusy
  readonly initialTurns: readonly Turn[]
  /** What is shown at first: the initial turns, or those of a conversation that was moved here. */
  readonly turns: readonly Turn[]
  readonly record: RecordKeeper
  /** Absent: only the open turn is remembered. */
  readonly transcript?: TranscriptKeeper | undefined
  readonly tabs: ThreadTabs
  /** Absent: no call of a tool is typed. */
  readonly tools?: Tools | undefined
  /** Absent: no file can be uploaded. */
  readonly uploads?: Uploads | undefined
  readonly observer: ThreadObserver
  /** Goes on with a conversation that has moved, under the key in this record, once what is kept of it is `idle`. */
  readonly archive: (
    moved: ThreadRecord,
    turns: readonly Turn[],
    idle: Promise<unknown> | undefined,
  ) => void
}

/** A thread with the calls that only its client may make. */
export interface OwnedThread extends Thread {
  readonly record: RecordKeeper
  /** Calls the conversation so, if there is one; null calls it by its first words again. Never rejects. */
  rename(name: string | null): Promise<void>
  /**
   * Forgets the conversation, here and in what is stored, and is an empty thread: an open run is stopped. `isTold`: another tab has
   * taken it out of the storage. Resolves with the record as it was, but with no open run where that was read here and told to stop. Never rejects.
   */
  remove(isTold: boolean): Promise<ThreadRecord>
  /** Leaves an open run and refuses every send from now on. */
  dispose(): void
  /** The draft; null where there is none. Resolves once what is remembered has been read. */
  readDraft(): Promise<TurnInput | null>
  /** Empties the draft, if it is still this one. */
  dropDraft(draft: TurnInput): void
  /** Puts a draft below the one that is there. Resolves with true: it is in memory here. */
  addDraft(draft: TurnInput): Promise<boolean>
  /** Another tab says that it has changed something. */
  refresh(recordId: string): void
  /** Disposes, and forgets what was said and what was stored. Never rejects. */
  wipe(): Promise<void>
}
