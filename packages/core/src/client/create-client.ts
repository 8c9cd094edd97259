import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import { webStorage } from '../memory/web-storage.ts'
import { createThread, type OwnedThread } from '../thread/create-thread.ts'
import { animationFrames, type FrameScheduler } from '../thread/frame-commit.ts'
import { isolate } from '../thread/isolate.ts'
import type { Completion } from '../thread/run-end.ts'
import { newThreadRecord } from '../thread/thread-record.ts'
import type { Thread } from '../thread/thread.ts'
import type { Run, RunEnd, Turn } from '../thread/thread-state.ts'
import type { Transport } from '../transport/transport.ts'
import type { FluoError } from '../wire/errors.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { keepRecord } from './record-keeper.ts'
import { storageKey, storagePrefix } from './storage-key.ts'
import { keepTranscript } from './transcript-keeper.ts'
import { createTabNews } from './tab-news.ts'
import { pageTabs, type Tabs } from './tabs.ts'
import { threadTabs } from './thread-tabs.ts'
import { within } from './within.ts'

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
  /** Each event of each run, as it is read. What a callback throws never reaches a run. */
  readonly onEvent?: (event: FluoEvent, thread: Thread) => void
  /** A thread has a reference, for the first time or a new one. */
  readonly onThread?: (thread: Thread, threadRef: string) => void
  readonly onRunEnd?: (run: Run, thread: Thread) => void
  readonly onError?: (error: FluoError, thread: Thread) => void
}

export interface ThreadOptions {
  readonly agentId: string
  /** Which conversation with the agent. Absent: the agent's current one, shared by everyone who asks for it. */
  readonly threadKey?: string | undefined
  /** The reference of a conversation that exists already, for when nothing is remembered under this key. Counts the first time. */
  readonly threadRef?: string | undefined
  /** Earlier turns to show, from the application's own records. Counts when the thread is first asked for: fetch them before. */
  readonly initialTurns?: readonly Turn[] | undefined
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
  /** Signs out: leaves every run and forgets every thread of this user, here, in what is stored and in every other tab. Never rejects. */
  wipe(): Promise<void>
  /** Leaves every run; what is stored stays. The client is of no further use. */
  dispose(): void
}

/** A store of transcripts that does not answer is waited for no longer than this, in milliseconds. */
const longestClear = 2000

/** A client for one user. Make it in `useState` or per request, never at module level on a server. */
export function createFluoClient(options: FluoClientOptions): FluoClient {
  const storage = options.storage ?? defaultStorage()
  const { transcripts } = options
  const prefix = storagePrefix(options.userScope)
  const threads = new Map<string, OwnedThread>()
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
  let isDisposed = false

  function open({ agentId, threadKey = 'current', ...rest }: ThreadOptions): OwnedThread {
    const key = storageKey(options.userScope, agentId, threadKey)
    const known = threads.get(key)
    if (known !== undefined) return known
    const fresh = newThreadRecord(agentId, threadKey, rest.threadRef ?? null)
    const record = keepRecord(storage, key, fresh)
    const thread: OwnedThread = createThread({
      agentId,
      threadKey,
      transport: options.transport,
      completion: rest.completion ?? 'message-final',
      schedule: options.schedule ?? animationFrames,
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
    for (const thread of threads.values()) thread.dispose()
    news.close()
    listeners.clear()
  }

  /** Forgets all of the user here, as this tab or another one was told to. */
  async function forget(): Promise<void> {
    dispose()
    await Promise.all([...threads.values()].map((thread) => thread.wipe()))
    try {
      const keys = await storage.keys(prefix)
      await Promise.allSettled(keys.map(async (key) => storage.remove(key)))
    } catch {
      // A storage that cannot be read holds nothing that could be read by the next user either.
    }
    if (transcripts !== undefined) await within(longestClear, clearAll(transcripts, prefix))
  }

  return {
    thread: open,
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
}

async function clearAll(transcripts: TranscriptStore, prefix: string): Promise<void> {
  await transcripts.clear(prefix)
}

/** A server's process may have a `sessionStorage`, too, which all of its visitors would share. */
function defaultStorage(): ThreadStorage {
  return 'document' in globalThis ? webStorage('sessionStorage') : memoryStorage()
}
