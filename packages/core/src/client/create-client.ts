import { createThread } from '../thread/create-thread.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import { createAskGate } from '../thread/ask-gate.ts'
import { createAnimationFrames } from '../thread/frame-commit.ts'
import { isolate } from '../thread/isolate.ts'
import { tellStop } from '../thread/tell-stop.ts'
import { newThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'
import type { Turn } from '../thread/thread-state.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import { claimDrafts, letClaim, type Claimable } from './claim-drafts.ts'
import { defaultStorage } from './default-storage.ts'
import { draftOfRecord, type MovableDraft } from './draft-of-record.ts'
import { forgetStored } from './forget-stored.ts'
import { mayRun } from './may-run.ts'
import { observeThread } from './observe-thread.ts'
import { changeThreads } from './change-threads.ts'
import { readRecords } from './read-records.ts'
import { keepRecord } from './record-keeper.ts'
import { removeRecords } from './remove-records.ts'
import { storageKey, storagePrefix } from './storage-key.ts'
import { keepTranscript } from './transcript-keeper.ts'
import { createThreadList } from './thread-list.ts'
import type { ThreadName } from './thread-summary.ts'
import { createTabNews } from './tab-news.ts'
import { pageTabs } from './tabs.ts'
import { threadTabs } from './thread-tabs.ts'
import type { ClientWatcher } from './client-watcher.ts'
import type { FluoClient, FluoClientOptions, ThreadOptions } from './fluo-client.ts'

/** A conversation that goes on under another key, what was shown of it, and when all of it is kept. */
interface Moved {
  readonly record: ThreadRecord
  readonly turns: readonly Turn[]
  readonly idle: Promise<unknown> | undefined
}

/** A client for one user. Make it in `useState` or per request, never at module level on a server. */
export function createFluoClient(options: FluoClientOptions): FluoClient {
  const storage = options.storage ?? defaultStorage()
  const { transcripts, tools, transport } = options
  const prefix = storagePrefix(options.userScope)
  const threads = new Map<string, OwnedThread>()
  /** Threads that are made for a change, and are open for nobody. */
  const passing = new Map<string, OwnedThread>()
  /** Records with a claimed draft that the storage has no room for, until their threads are opened. */
  const unwritten = new Map<string, RecordKeeper>()
  const tabs = options.tabs ?? pageTabs()
  const news = createTabNews(tabs, prefix, onChanged, onRemoved, forget)
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
  const schedule = options.schedule ?? createAnimationFrames()
  const uploads = options.uploads?.()
  const disposing = new AbortController()
  const canResume = transport.resume !== undefined
  const list = createThreadList({
    threads,
    read: (known) => readRecords(storage, prefix, known),
    mayRun: (record) => mayRun(record, canResume || storage.isShared),
    onUse: () => news.open(),
  })
  const onNews = (): void => void list.reread(true)
  let isDisposed = false
  let isWiped = false

  function onChanged(recordId: string): void {
    onNews() // first: a thread shows at once what has gone
    for (const thread of threads.values()) thread.refresh(recordId)
  }

  /** By another tab, or while a thread of that name was being opened here. A tab that was duplicated has records of its own with these IDs. */
  async function onRemoved({ id }: Pick<ThreadRecord, 'id'>): Promise<void> {
    for (const thread of threads.values()) {
      if (thread.record.current.id === id) void thread.remove(true)
    }
    await removeRecords(storage, prefix, id, (key) => threads.has(key))
    await list.reread()
  }

  function keyOf({ agentId, threadKey }: ThreadName): string {
    return storageKey(options.userScope, agentId, threadKey)
  }

  /** Opens a thread, or the one that a conversation is `moved` to. */
  function open(options: ThreadOptions, moved?: Moved): OwnedThread {
    const key = keyOf({ ...options, threadKey: options.threadKey ?? 'current' })
    const known = threads.get(key)
    if (known !== undefined) return known
    const thread = make(options, moved)
    unwritten.delete(key)
    threads.set(key, thread)
    list.look(key)
    return thread
  }

  function make(
    { agentId, threadKey = 'current', ...rest }: ThreadOptions,
    moved?: Moved,
  ): OwnedThread {
    const key = keyOf({ agentId, threadKey })
    const fresh = newThreadRecord(agentId, threadKey, rest.threadRef ?? null)
    const record =
      unwritten.get(key) ?? keepRecord(storage, key, fresh, () => list.look(key), moved?.record)
    if (rest.threadRef !== undefined && unwritten.has(key))
      record.update({ threadRef: rest.threadRef })
    const { completion = 'message-final', whenBusy = 'refuse' } = rest
    const { initialTurns: given = [] } = rest
    const initialTurns = tools?.checkTurns(given) ?? given
    const thread: OwnedThread = createThread({
      agentId,
      threadKey,
      transport,
      completion,
      schedule,
      silence,
      rateLimit,
      whenBusy,
      initialTurns,
      turns: moved?.turns ?? initialTurns,
      archive(next, turns, idle) {
        if (isWiped) return
        const nextOptions = { agentId, threadKey: next.threadKey, completion, whenBusy }
        const { store } = open(nextOptions, { record: next, turns, idle })
        store.subscribe(() => undefined)() // which has it gone on with, and hear of other tabs
      },
      tools,
      record,
      transcript: transcripts && keepTranscript(transcripts, prefix, moved?.idle),
      tabs: threadTabs(tabs, news, key, storage.isShared, () => record.current.id, onNews),
      uploads,
      observer: observeThread(
        options,
        watchers,
        () => thread,
        () => list.look(key),
      ),
    })
    if (isDisposed) thread.dispose()
    return thread
  }

  function dispose(): void {
    isDisposed = true
    disposing.abort()
    rateLimit.gate.close()
    for (const thread of threads.values()) thread.dispose()
    uploads?.dispose()
    news.close()
    list.close()
    watchers.clear()
  }

  function draftOf(name: ThreadName): MovableDraft {
    const key = keyOf(name)
    const fresh = newThreadRecord(name.agentId, name.threadKey, null)
    const record = unwritten.get(key) ?? keepRecord(storage, key, fresh)
    return threads.get(key) ?? draftOfRecord(record, () => unwritten.set(key, record))
  }

  async function names(): ReturnType<Claimable['names']> {
    const records = await readRecords(storage, prefix)
    const unopened = [...records.values()].filter((name) => !threads.has(keyOf(name)))
    return [...threads.values(), ...unopened]
  }

  /** Forgets all of the user here, as this tab or another one was told to. */
  async function forget(): Promise<void> {
    isWiped = true
    const told = [...watchers]
    dispose()
    for (const { onForget } of told) isolate(onForget, null)
    unwritten.clear()
    const all = [...threads.values(), ...passing.values()]
    await Promise.all(all.map((thread) => thread.wipe()))
    list.clear()
    await forgetStored(storage, transcripts, prefix)
  }

  function watch(watcher: ClientWatcher): () => void {
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  }

  const client: FluoClient = {
    thread: (threadOptions) => open(threadOptions),
    threads: list.store,
    ...changeThreads({
      find: (name) => threads.get(keyOf(name)),
      make,
      passing,
      keyOf,
      list,
      news,
      transcripts,
      prefix,
      onRemoved,
      stop: ({ run }) => void tellStop(run, { ...rateLimit, transport, signal: disposing.signal }),
    }),
    uploads: uploads ?? null,
    claim: async (from) => claimDrafts(from, client),
    subscribeRuns: (onRun) => watch({ onRun }),
    watch,
    async wipe() {
      news.tellWiped() // first, so that no other tab writes while this one forgets
      await forget()
    },
    dispose,
  }
  letClaim(client, { names, draftOf })
  return client
}
