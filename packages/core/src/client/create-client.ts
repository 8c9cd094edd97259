import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import { webStorage } from '../memory/web-storage.ts'
import { createThread } from '../thread/create-thread.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import { createAskGate } from '../thread/ask-gate.ts'
import { animationFrames } from '../thread/frame-commit.ts'
import { isolate } from '../thread/isolate.ts'
import { newThreadRecord } from '../thread/thread-record.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import type { Thread } from '../thread/thread.ts'
import { draftOfRecord, moveDraft, type MovableDraft } from './draft-of-record.ts'
import { moveFiles } from './move-files.ts'
import { readRecords } from './read-records.ts'
import { keepRecord } from './record-keeper.ts'
import { storageKey, storagePrefix } from './storage-key.ts'
import { keepTranscript } from './transcript-keeper.ts'
import { createTabNews } from './tab-news.ts'
import { pageTabs } from './tabs.ts'
import { threadTabs } from './thread-tabs.ts'
import { longestAnswer, within } from '../thread/within.ts'
import type { ClientWatcher } from './client-watcher.ts'
import type { FluoClient, FluoClientOptions, ThreadOptions } from './fluo-client.ts'

type ThreadName = Pick<Thread, 'agentId' | 'threadKey'> & Partial<Pick<Thread, 'uploads'>>

/** What one client lets another take over. */
interface Claimable {
  names(): Promise<readonly ThreadName[]>
  draftOf(name: ThreadName): MovableDraft
}

const draftsOf = new WeakMap<FluoClient, Claimable>()

/** A client for one user. Make it in `useState` or per request, never at module level on a server. */
export function createFluoClient(options: FluoClientOptions): FluoClient {
  const storage = options.storage ?? defaultStorage()
  const { transcripts, tools } = options
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
  const watchers = new Set<ClientWatcher>()
  const silence = {
    slowAfterMs: options.slowAfterMs ?? 15_000,
    stallAfterMs: options.stallAfterMs ?? 300_000,
  }
  const rateLimit = {
    isRetried: options.retryRateLimited ?? true,
    random: options.random ?? Math.random,
    gate: createAskGate(),
  }
  const uploads = options.uploads?.()
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
    const { initialTurns = [] } = rest
    const thread: OwnedThread = createThread({
      agentId,
      threadKey,
      transport: options.transport,
      completion: rest.completion ?? 'message-final',
      schedule: options.schedule ?? animationFrames,
      silence,
      rateLimit,
      whenBusy: rest.whenBusy ?? 'refuse',
      initialTurns: tools?.checkTurns(initialTurns) ?? initialTurns,
      tools,
      record,
      transcript: transcripts && keepTranscript(transcripts, prefix),
      tabs: threadTabs(tabs, news, key, storage.isShared, () => record.current.id),
      uploads,
      observer: {
        onEvent(event) {
          isolate(options.onEvent, event, thread)
          for (const { onEvent } of watchers) isolate(onEvent, event, thread)
        },
        onState(state) {
          for (const { onState } of watchers) isolate(onState, state, thread)
        },
        onThreadRef: (threadRef) => isolate(options.onThread, thread, threadRef),
        onRunAccepted(runId, ready) {
          for (const { onRun } of watchers) isolate(onRun, { thread, runId, ready })
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
    uploads?.dispose()
    news.close()
    watchers.clear()
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

  function watch(watcher: ClientWatcher): () => void {
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  }

  const client: FluoClient = {
    thread: open,
    uploads: uploads ?? null,
    async claim(from) {
      if (from === client) return
      const source = draftsOf.get(from)
      for (const name of (await source?.names()) ?? []) {
        if (source === undefined) continue
        moveFiles(name, () => open({ agentId: name.agentId, threadKey: name.threadKey }).uploads)
        await moveDraft(source.draftOf(name), draftOf(name))
      }
    },
    subscribeRuns: (onRun) => watch({ onRun }),
    watch,
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
