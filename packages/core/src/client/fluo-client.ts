import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import type { FrameScheduler } from '../thread/frame-commit.ts'
import type { Completion } from '../thread/run-end.ts'
import type { ReadableStore, Thread } from '../thread/thread.ts'
import type { Run, Turn } from '../thread/thread-state.ts'
import type { WhenBusy } from '../thread/turns.ts'
import type { RegisteredTools } from '../tools/register.ts'
import type { Transport } from '../transport/transport.ts'
import type { OpenUploads, Uploads } from '../uploads/uploads.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import type { AcceptedRun, ClientWatcher } from './client-watcher.ts'
import type { Tabs } from './tabs.ts'
import type { ThreadName, ThreadSummary } from './thread-summary.ts'

export interface FluoClientOptions {
  readonly transport: Transport
  /** Whose conversations these are: an opaque name that the application chooses, or null for a visitor. Another user is another client. */
  readonly userScope: string | null
  /** @default webStorage('sessionStorage') in a page, memoryStorage() anywhere else */
  readonly storage?: ThreadStorage
  /** Keeps the messages as well, which Fluo cannot be asked for: `indexedDbTranscripts()` of `@fluokit/core/indexed-db`. @default nothing is kept but the open turn */
  readonly transcripts?: TranscriptStore
  /** Lets files be attached: `createUploads({ transport })` of `@fluokit/core/uploads`. @default files can be named by URL only */
  readonly uploads?: OpenUploads
  /** Schemas of the agent's tools, so that their calls are typed: `defineTools({ … })`. Those that are registered. @default no call is typed */
  readonly tools?: RegisteredTools
  /** Other tabs of the same user. @default those of the page; none on a server */
  readonly tabs?: Tabs
  /** When state is shown. @default animation frames, and a timer while the page is hidden */
  readonly schedule?: FrameScheduler
  /** After this much silence a thread with an open run is `slow`; any byte counts. 0 is never. @default 15000 */
  readonly slowAfterMs?: number
  /**
   * After this much silence an open run is left and has ended with the code `stalled`: `interrupted`, or `unknown` when
   * not one event had come. It is never sent again by itself. 0 is never. @default 300000
   */
  readonly stallAfterMs?: number
  /**
   * Whether a run that a rate limit refused is asked again at the moment the server named, up to three times and five
   * minutes ahead, one of this client's threads at a time. Nothing ran, so the run keeps its ID. @default true
   */
  readonly retryRateLimited?: boolean
  /** From 0 to 1: which part of a second is added to such a wait, and which half of it to one between two tries to resume. @default Math.random */
  readonly random?: () => number
  /** Each event of each run, as it is read. What a callback throws never reaches a run. */
  readonly onEvent?: (event: FluoEvent, thread: Thread) => void
  /** A thread has a reference, for the first time or a new one. */
  readonly onThread?: (thread: Thread, threadRef: string) => void
  readonly onRunEnd?: (run: Run, thread: Thread) => void
  readonly onError?: (error: FluoError, thread: Thread) => void
}

export interface ThreadOptions {
  /** Which agent answers. */
  readonly agentId: string
  /** Which conversation with the agent. Absent: the agent's current one, shared by everyone who asks for it. */
  readonly threadKey?: string | undefined
  /** The reference of a conversation that exists already, for when nothing is remembered under this key. Counts the first time. */
  readonly threadRef?: string | undefined
  /** Earlier turns to show, from the application's own records. Counts when the thread is first asked for: fetch them before. */
  readonly initialTurns?: readonly Turn[] | undefined
  /**
   * What becomes of a send while a run is open: refused, or queued behind it, up to ten, where it can be seen and taken
   * out. Counts when the thread is first asked for. @default 'refuse'
   */
  readonly whenBusy?: WhenBusy | undefined
  /** `end-of-stream` for agents that send no `message_final`. @default 'message-final' */
  readonly completion?: Completion | undefined
}

/** All conversations of one user. */
export interface FluoClient {
  /** The thread of an agent and a key: the same object for the same names. Creates nothing anywhere else. */
  thread(options: ThreadOptions): Thread
  /**
   * The conversations of this user, newest first: each from its first turn on, or with a reference. Those that are open here change
   * at once, never with a delta; the others when a tab tells that it has changed them. Reading what is stored begins with the first subscription.
   */
  readonly threads: ReadableStore<readonly ThreadSummary[]> & {
    /**
     * Whether what is stored has been read, or is later than two seconds. Before, only what is open here is in the list. Listeners are called
     * when it becomes true, with a list of its own even where nothing in it has changed.
     */
    readonly isRead: boolean
  }
  /** Gives a conversation a title of the person's own, up to 200 characters of it; null or blank brings its first words back. Never rejects. */
  renameThread(name: ThreadName, title: string | null): Promise<void>
  /**
   * Forgets everything that this browser holds of a conversation: its record, draft, messages and reference, in other tabs as well. An
   * open run is stopped. The server's thread remains. A thread object that is in use is an empty one from then on. Never rejects.
   */
  removeThread(name: ThreadName): Promise<void>
  /** What is uploaded for this user; null where the client was given no `uploads`. */
  readonly uploads: Uploads | null
  /** Calls back with every run that is accepted, until the returned function is called. */
  subscribeRuns(listener: (run: AcceptedRun) => void): () => void
  /** Tells a developer's tool what every thread does from now on, until the returned function is called. Reads and restores nothing by that. */
  watch(watcher: ClientWatcher): () => void
  /**
   * Takes over what another client's user was writing, after a visitor has signed in: drafts only, each into the thread
   * of the same agent and key, below what stands there. Files that were chosen on this page are uploaded again, as the new user's; behind a relay, those of an earlier page
   * are nobody's any more: they stand in the draft, and a turn with them fails with `file-gone`. Conversations stay whose they were. Never rejects.
   */
  claim(from: FluoClient): Promise<void>
  /** Signs out: leaves every run and forgets every thread of this user, here, in what is stored and in every other tab. Never rejects. */
  wipe(): Promise<void>
  /** Leaves every run; what is stored stays. The client is of no further use. */
  dispose(): void
}
