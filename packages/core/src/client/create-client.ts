import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import { webStorage } from '../memory/web-storage.ts'
import { createThread } from '../thread/create-thread.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import { createAskGate } from '../thread/ask-gate.ts'
import { animationFrames } from '../thread/frame-commit.ts'
import { isolate } from '../thread/isolate.ts'
import { tellStop } from '../thread/tell-stop.ts'
import { leftTurns } from '../thread/left-turns.ts'
import { hasBegun, newThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'
import type { Turn } from '../thread/thread-state.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import type { Thread } from '../thread/thread.ts'
import { draftOfRecord, moveDraft, type MovableDraft } from './draft-of-record.ts'
import { moveFiles } from './move-files.ts'
import { readRecords } from './read-records.ts'
import { keepRecord } from './record-keeper.ts'
import { storageKey, storagePrefix } from './storage-key.ts'
import { keepTranscript } from './transcript-keeper.ts'
import { createThreadList } from './thread-list.ts'
import type { ThreadName } from './thread-summary.ts'
import { createTabNews } from './tab-news.ts'
import { pageTabs } from './tabs.ts'
import { threadTabs } from './thread-tabs.ts'
import { longestAnswer, within } from '../thread/within.ts'
import type { AcceptedRun, FluoClient, FluoClientOptions, ThreadOptions } from './fluo-client.ts'

/** What one client lets another take over. */
interface Claimable {
  names(): Promise<readonly (ThreadName & Partial<Pick<Thread, 'uploads'>>)[]>
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
    (recordId, isRemoved) => {
      for (const thread of threads.values()) {
        if (!isRemoved) thread.refresh(recordId)
        else if (thread.record.current.id === recordId) void thread.remove(true)
      }
      void list.reread()
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
  const uploads = options.uploads?.()
  const disposing = new AbortController()
  const canResume = options.transport.resume !== undefined
  const list = createThreadList({
    threads,
    read: () => readRecords(storage, prefix),
    keyOf,
    mayRun: ({ open }) => open?.isAccepted === true && (canResume || storage.isShared),
    onUse: () => news.open(),
  })
  let isDisposed = false
  let isWiped = false

  function keyOf({ agentId, threadKey }: ThreadName): string {
    return storageKey(options.userScope, agentId, threadKey)
  }

  /** The keeper of a thread that is not open. */
  function keeperOf(name: ThreadName): RecordKeeper {
    const key = keyOf(name)
    const fresh = newThreadRecord(name.agentId, name.threadKey, null)
    return unwritten.get(key) ?? keepRecord(storage, key, fresh)
  }

  /** Opens a thread, or the one that a conversation is `moved` to with what was shown of it. */
  function open(
    { agentId, threadKey = 'current', ...rest }: ThreadOptions,
    moved?: ThreadRecord,
    shown?: readonly Turn[],
  ): OwnedThread {
    const key = keyOf({ agentId, threadKey })
    const known = threads.get(key)
    if (known !== undefined) return known
    const fresh = newThreadRecord(agentId, threadKey, rest.threadRef ?? null)
    const record =
      unwritten.get(key) ?? keepRecord(storage, key, fresh, () => list.look(key), moved)
    if (rest.threadRef !== undefined && unwritten.has(key))
      record.update({ threadRef: rest.threadRef })
    unwritten.delete(key)
    const { completion = 'message-final', whenBusy = 'refuse' } = rest
    const { initialTurns: given = [] } = rest
    const initialTurns = tools?.checkTurns(given) ?? given
    const thread: OwnedThread = createThread({
      agentId,
      threadKey,
      transport: options.transport,
      completion,
      schedule: options.schedule ?? animationFrames,
      silence,
      rateLimit,
      whenBusy,
      initialTurns,
      turns: shown ?? initialTurns,
      archive: (left, turns) => archive(left, turns, { agentId, completion, whenBusy }),
      tools,
      record,
      transcript: transcripts && keepTranscript(transcripts, prefix),
      tabs: threadTabs(tabs, news, key, storage.isShared, () => record.current.id),
      uploads,
      observer: {
        onChange: () => list.look(key),
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
    list.look(key)
    return thread
  }

  /**
   * The key is made of the conversation's own ID, so that two tabs that move it at once move it to the same place, and made
   * longer where it is moved once more, so that it never comes back to where another one may be.
   */
  function archive(
    { open: openTurn, ...left }: ThreadRecord,
    turns: readonly Turn[],
    options: ThreadOptions,
  ): void {
    if (isWiped) return
    const { id } = left
    const threadKey = left.threadKey.startsWith(id) ? `${left.threadKey}+` : id
    const end = openTurn?.isAccepted === true ? 'interrupted' : 'unknown'
    const isLeft = openTurn?.end === null && !canResume
    const now = isLeft ? ({ ...openTurn, end } as const) : openTurn
    const moved = { ...left, open: now, threadKey, draft: null }
    if (!hasBegun(moved)) return
    const thread = open({ ...options, threadKey }, moved, leftTurns(turns, now, canResume))
    if (now?.end === null) thread.store.subscribe(() => undefined)() // which has it gone on with
  }

  function dispose(): void {
    isDisposed = true
    disposing.abort()
    rateLimit.gate.close()
    for (const thread of threads.values()) thread.dispose()
    uploads?.dispose()
    news.close()
    listeners.clear()
  }

  function draftOf(name: ThreadName): MovableDraft {
    const key = keyOf(name)
    const record = keeperOf(name)
    return threads.get(key) ?? draftOfRecord(record, () => unwritten.set(key, record))
  }

  /** The record of a thread that is not open, once it has been read; null where it has been opened by then. */
  async function readRecord(name: ThreadName): Promise<RecordKeeper | null> {
    const record = keeperOf(name)
    await within(longestAnswer, Promise.resolve(record.restore()))
    return threads.has(keyOf(name)) ? null : record
  }

  async function rename(name: ThreadName, title: string | null): Promise<void> {
    const own = title?.trim().replace(/\s+/g, ' ') || null
    const record = threads.has(keyOf(name)) ? null : await readRecord(name)
    if (record === null) return threads.get(keyOf(name))?.rename(own)
    if (!record.isStored) return
    record.update({ name: own })
    await record.isWritten()
    news.tellChanged(record.current.id)
    await list.reread()
  }

  async function remove(name: ThreadName): Promise<void> {
    const key = keyOf(name)
    const record = threads.has(key) ? null : await readRecord(name)
    const removed = record?.current ?? (await threads.get(key)?.remove(false))
    if (removed === undefined) return
    record?.renew(false)
    unwritten.delete(key)
    news.tellRemoved(removed.id)
    const { random } = rateLimit
    const stop = { transport: options.transport, signal: disposing.signal, random }
    if (removed.open?.end === null) void tellStop(removed.open.run, stop)
    await record?.isWritten()
    if (transcripts !== undefined) {
      await within(longestAnswer, removeTranscript(transcripts, prefix + removed.id))
    }
    await list.reread()
  }

  /** Every thread that is open here or remembered. */
  async function names(): ReturnType<Claimable['names']> {
    const records = await readRecords(storage, prefix)
    const unopened = records.filter((name) => !threads.has(keyOf(name)))
    return [...threads.values(), ...unopened]
  }

  /** Forgets all of the user here, as this tab or another one was told to. */
  async function forget(): Promise<void> {
    isWiped = true
    dispose()
    unwritten.clear()
    await Promise.all([...threads.values()].map((thread) => thread.wipe()))
    list.clear()
    // A storage that cannot be read holds nothing that could be read by the next user either.
    await within(longestAnswer, removeAll(storage, prefix))
    if (transcripts !== undefined) await within(longestAnswer, clearAll(transcripts, prefix))
  }

  const client: FluoClient = {
    thread: (threadOptions) => open(threadOptions),
    threads: list.store,
    renameThread: rename,
    removeThread: remove,
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

async function removeTranscript(transcripts: TranscriptStore, id: string): Promise<void> {
  await transcripts.remove(id)
}

/** A server's process may have a `sessionStorage`, too, which all of its visitors would share. */
function defaultStorage(): ThreadStorage {
  return 'document' in globalThis ? webStorage('sessionStorage') : memoryStorage()
}
