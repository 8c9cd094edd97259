import { createStore } from 'zustand/vanilla'
import { restoredOnUse } from '../thread/restored-on-use.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import { hasBegun, type ThreadRecord } from '../thread/thread-record.ts'
import type { ThreadState } from '../thread/thread-state.ts'
import { titleOf } from '../thread/title-of.ts'
import { isBusy } from '../thread/turns.ts'
import { longestAnswer } from '../thread/within.ts'
import type { FluoClient } from './fluo-client.ts'
import type { StoredRecords } from './read-records.ts'
import type { ThreadSummary } from './thread-summary.ts'

export interface ThreadListSetup {
  /** The threads that are open on this page, by their storage keys. */
  readonly threads: ReadonlyMap<string, OwnedThread>
  /** Every record that is stored, given what is known of them. Never rejects. */
  readonly read: (known: StoredRecords) => Promise<StoredRecords>
  /** Whether a run that is open in a record, and not read on this page, is to be shown as running. */
  readonly mayRun: (record: ThreadRecord) => boolean
  /** The first listener is there. */
  readonly onUse: () => void
}

/** The list of a user's conversations, newest first, and how it hears of changes. */
export interface ThreadList {
  /** Subscribing begins to read what is stored; until then only what is open here is in it. */
  readonly store: FluoClient['threads']
  /** A thread that is open here may have changed: looks at it, and at nothing else. */
  look(key: string): void
  /** What is stored may have changed, elsewhere or of a thread that is not open. `isNews`: another tab says so. Resolves once it has been read. */
  reread(isNews?: boolean): Promise<void>
  /** Waits for nothing any more. */
  close(): void
  /** Forgets what is stored, for good. */
  clear(): void
}

const none: readonly ThreadSummary[] = Object.freeze([])

/** A list of which nobody asks costs a look at nothing. */
export function createThreadList({ threads, read, mayRun, onUse }: ThreadListSetup): ThreadList {
  const store = createStore<readonly ThreadSummary[]>(() => none)
  const summaries = new Map<string, ThreadSummary>()
  let stored: StoredRecords = new Map()
  let isUsed = false
  let isRead = false
  let reading: Promise<void> | null = null
  /** While the news of another tab is read, what has gone is still shown: it may have moved to another key, and come with what is read. */
  let isPatient = false
  let late: ReturnType<typeof setTimeout> | undefined
  let isStale = false
  let isCleared = false

  function lookAt(keys: Iterable<string>): void {
    let isChanged = false
    for (const key of keys) {
      const known = summaries.get(key)
      const summary = describe(key, known)
      if (isSame(known, summary) || (summary === null && isPatient)) continue
      isChanged = true
      if (summary === null) summaries.delete(key)
      else summaries.set(key, summary)
    }
    if (isChanged) {
      store.setState(
        [...summaries.values()].sort((one, other) => other.updatedAt - one.updatedAt),
        true,
      )
    }
  }

  function lookAtAll(): void {
    lookAt(new Set([...summaries.keys(), ...stored.keys(), ...threads.keys()]))
  }

  /** What an open thread shows counts, once it has anything to show, and else what is stored. */
  function describe(key: string, known: ThreadSummary | undefined): ThreadSummary | null {
    const thread = threads.get(key)
    const state = thread?.store.getState()
    if (thread !== undefined && (thread.record.isRead || state?.turns.length !== 0)) {
      return summarize(thread.record.current, state, known)
    }
    const record = stored.get(key) ?? thread?.record.current
    return record === undefined ? null : summarize(record, undefined, known)
  }

  function summarize(
    record: ThreadRecord,
    state: ThreadState | undefined,
    known: ThreadSummary | undefined,
  ): ThreadSummary | null {
    const { agentId, threadKey, name, title, askedAt } = record
    const turns = state?.turns ?? []
    const [first] = turns
    if (first === undefined && !hasBegun(record)) return null
    const shown = name ?? title
    return {
      agentId,
      threadKey,
      title: shown ?? (first === undefined ? null : titleOf(first.input)),
      // Not when the record changed, as it does with each key of a draft.
      updatedAt: askedAt ?? turns.at(-1)?.sentAt ?? known?.updatedAt ?? record.updatedAt,
      isRunning: isRunning(record, state),
    }
  }

  function isRunning(record: ThreadRecord, state: ThreadState | undefined): boolean {
    if (state !== undefined && (isBusy(state) || state.writer === 'another-tab')) return true
    return state?.isRestoring !== false && record.open?.end === null && mayRun(record)
  }

  async function readAll(): Promise<void> {
    do {
      isStale = false
      // oxlint-disable-next-line no-await-in-loop -- what changed while it was read is read after it
      const records = await read(stored)
      if (!isCleared) stored = records
    } while (isStale)
    reading = null
    settle()
  }

  /** What is stored is known, or late. */
  function settle(): void {
    clearTimeout(late)
    const before = store.getState()
    const wasRead = isRead
    isRead = true
    isPatient = false
    lookAtAll()
    // That it has been read is told once, also where nothing else has changed by that.
    if (!wasRead && store.getState() === before) store.setState([...before], true)
  }

  async function reread(isNews = false): Promise<void> {
    isStale = true
    if (!isUsed) return
    if (reading === null || (isNews && !isPatient)) {
      clearTimeout(late)
      late = setTimeout(settle, longestAnswer)
    }
    isPatient ||= isNews
    await (reading ??= readAll())
  }

  const used = restoredOnUse(store, () => {
    if (isUsed) return
    isUsed = true
    onUse()
    lookAtAll()
    void reread()
  })

  return {
    store: {
      ...used,
      getState() {
        if (!isUsed) lookAtAll()
        return store.getState()
      },
      get isRead() {
        return isRead
      },
    },
    look(key) {
      if (isUsed) lookAt([key])
    },
    reread,
    close: () => clearTimeout(late),
    clear() {
      isCleared = true
      isPatient = false
      stored = new Map()
      lookAtAll()
    },
  }
}

function isSame(one: ThreadSummary | undefined, other: ThreadSummary | null): boolean {
  if (one === undefined || other === null) return one === undefined && other === null
  const { title, updatedAt, isRunning } = other
  return one.title === title && one.updatedAt === updatedAt && one.isRunning === isRunning
}
