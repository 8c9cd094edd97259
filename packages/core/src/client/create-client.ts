import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import { webStorage } from '../memory/web-storage.ts'
import { createThread } from '../thread/create-thread.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import { createAskGate } from '../thread/ask-gate.ts'
import { animationFrames, type FrameScheduler } from '../thread/frame-commit.ts'
import { isolate } from '../thread/isolate.ts'
import type { Completion } from '../thread/run-end.ts'
import { newThreadRecord } from '../thread/thread-record.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import type { Thread } from '../thread/thread.ts'
import type { Run, RunEnd, Turn } from '../thread/thread-state.ts'
import type { WhenBusy } from '../thread/turns.ts'
import type { Transport } from '../transport/transport.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { draftOfRecord, moveDraft, type MovableDraft } from './draft-of-record.ts'
import { readRecords } from './read-records.ts'
import { keepRecord } from './record-keeper.ts'
import { storageKey, storagePrefix } from './storage-key.ts'
import { keepTranscript } from './transcript-keeper.ts'
import { createTabNews } from './tab-news.ts'
import { pageTabs, type Tabs } from './tabs.ts'
import { threadTabs } from './thread-tabs.ts'
import { longestAnswer, within } from '../thread/within.ts'

export interface FluoClientOptions {
  readonly transport: Transport
  /** Whose conversations these are: an opaque name that the application chooses, or null for a visitor. Another user is another client. */
  readonly userScope: string | null
  /** @default webStorage('sessionStorage') in a page, memoryStorage() anywhere else */
  readonly storage?: ThreadStorage
  /** Keeps the messages as well, which Fluo cannot be asked for: `indexedDbTranscripts()` of `@fluokit/core/indexed-db`. @default nothing is kept but the open turn */
  readonly transcripts?: TranscriptStore
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

/** A run that was accepted: `ready` resolves with its end when the thread can take the next turn. Never rejects. */
export interface AcceptedRun {
  readonly thread: Thread
  readonly runId: string
  readonly ready: Promise<RunEnd>
}

/** All conversations of one user. */
export interface FluoClient {
  /** The thread of an agent and a key: the same object for the same names. Creates nothing anywhere else. */
  thread(options: ThreadOptions): Thread
  /** Calls back with every run that is accepted, until the returned function is called. */
  subscribeRuns(listener: (run: AcceptedRun) => void): () => void
  /**
   * Takes over what another client's user was writing, after a visitor has signed in: drafts only, each into the thread
   * of the same agent and key, below what stands there. Conversations stay whose they were. Never rejects.
   */
  claim(from: FluoClient): Promise<void>
  /** Signs out: leaves every run and forgets every thread of this user, here, in what is stored and in every other tab. Never rejects. */
  wipe(): Promise<void>
  /** Leaves every run; what is stored stays. The client is of no further use. */
  dispose(): void
}

type ThreadName = Pick<Thread, 'agentId' | 'threadKey'>

/** What one client lets another take over. */
interface Claimable {
  names(): Promise<readonly ThreadName[]>
  draftOf(name: ThreadName): MovableDraft
}

const draftsOf = new WeakMap<FluoClient, Claimable>()

/** A client for one user. Make it in `useState` or per request, never at module level on a server. */
export function createFluoClient(options: FluoClientOptions): FluoClient {
  const storage = options.storage ?? defaultStorage()
  const { transcripts } = options
  const prefix = storagePrefix(options.userScope)
  const threads = new Map<string, OwnedThread>()
  /** Records with a claimed draft that the storage has no room for, until their threads are opened. */
  const unwritten = new Map<string, RecordKeeper>()
  const tabs = options.tabs ?? pageTabs()
  const news = createTabNews(
    tabs,
    prefix,
    (recordId) => {
      for (const thread of threads.values()) thread.refresh(recordId)
    },
    () => void forget(),
  )
  const listeners = new Set<(run: AcceptedRun) => void>()
  const silence = {
    slowAfterMs: options.slowAfterMs ?? 15_000,
    stallAfterMs: options.stallAfterMs ?? 300_000,
  }
  const rateLimit = {
    isRetried: options.retryRateLimited ?? true,
    random: options.random ?? Math.random,
    gate: createAskGate(),
  }
  let isDisposed = false

  function open({ agentId, threadKey = 'current', ...rest }: ThreadOptions): OwnedThread {
    const key = storageKey(options.userScope, agentId, threadKey)
    const known = threads.get(key)
    if (known !== undefined) return known
    const fresh = newThreadRecord(agentId, threadKey, rest.threadRef ?? null)
    const record = unwritten.get(key) ?? keepRecord(storage, key, fresh)
    if (rest.threadRef !== undefined && unwritten.has(key))
      record.update({ threadRef: rest.threadRef })
    unwritten.delete(key)
    const thread: OwnedThread = createThread({
      agentId,
      threadKey,
      transport: options.transport,
      completion: rest.completion ?? 'message-final',
      schedule: options.schedule ?? animationFrames,
      silence,
      rateLimit,
      whenBusy: rest.whenBusy ?? 'refuse',
      initialTurns: rest.initialTurns ?? [],
      record,
      transcript: transcripts && keepTranscript(transcripts, prefix),
      tabs: threadTabs(tabs, news, key, storage.isShared, () => record.current.id),
      observer: {
        onEvent: (event) => isolate(options.onEvent, event, thread),
        onThreadRef: (threadRef) => isolate(options.onThread, thread, threadRef),
        onRunAccepted(runId, ready) {
          for (const listener of listeners) isolate(listener, { thread, runId, ready })
        },
        onRunEnd: (run) => isolate(options.onRunEnd, run, thread),
        onError: (error) => isolate(options.onError, error, thread),
      },
    })
    if (isDisposed) thread.dispose()
    threads.set(key, thread)
    return thread
  }

  function dispose(): void {
    isDisposed = true
    rateLimit.gate.close()
    for (const thread of threads.values()) thread.dispose()
    news.close()
    listeners.clear()
  }

  function draftOf({ agentId, threadKey }: ThreadName): MovableDraft {
    const key = storageKey(options.userScope, agentId, threadKey)
    const fresh = newThreadRecord(agentId, threadKey, null)
    const record = unwritten.get(key) ?? keepRecord(storage, key, fresh)
    return threads.get(key) ?? draftOfRecord(record, () => unwritten.set(key, record))
  }

  /** Every thread that is open here or remembered. */
  async function names(): Promise<readonly ThreadName[]> {
    const records = await readRecords(storage, storagePrefix(options.userScope))
    const unopened = records.filter(
      ({ agentId, threadKey }) => !threads.has(storageKey(options.userScope, agentId, threadKey)),
    )
    return [...threads.values(), ...unopened]
  }

  /** Forgets all of the user here, as this tab or another one was told to. */
  async function forget(): Promise<void> {
    dispose()
    unwritten.clear()
    await Promise.all([...threads.values()].map((thread) => thread.wipe()))
    // A storage that cannot be read holds nothing that could be read by the next user either.
    await within(longestAnswer, removeAll(storage, prefix))
    if (transcripts !== undefined) await within(longestAnswer, clearAll(transcripts, prefix))
  }

  const client: FluoClient = {
    thread: open,
    async claim(from) {
      if (from === client) return
      const source = draftsOf.get(from)
      for (const name of (await source?.names()) ?? []) {
        if (source !== undefined) await moveDraft(source.draftOf(name), draftOf(name))
      }
    },
    subscribeRuns(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async wipe() {
      news.tellWiped() // first, so that no other tab writes while this one forgets
      await forget()
    },
    dispose,
  }
  draftsOf.set(client, { names, draftOf })
  return client
}

async function removeAll(storage: ThreadStorage, prefix: string): Promise<void> {
  const keys = await storage.keys(prefix)
  await Promise.allSettled(keys.map(async (key) => storage.remove(key)))
}

async function clearAll(transcripts: TranscriptStore, prefix: string): Promise<void> {
  await transcripts.clear(prefix)
}

/** A server's process may have a `sessionStorage`, too, which all of its visitors would share. */
function defaultStorage(): ThreadStorage {
  return 'document' in globalThis ? webStorage('sessionStorage') : memoryStorage()
}
