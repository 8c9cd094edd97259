import { createStore } from 'zustand/vanilla'
import { restoredOnUse } from '../thread/restored-on-use.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import { hasBegun, type ThreadRecord } from '../thread/thread-record.ts'
import type { ThreadState } from '../thread/thread-state.ts'
import { titleOf } from '../thread/title-of.ts'
import { isBusy } from '../thread/turns.ts'
import type { FluoClient } from './fluo-client.ts'
import type { ThreadName, ThreadSummary } from './thread-summary.ts'

export interface ThreadListSetup {
  /** The threads that are open on this page, by their storage keys. */
  readonly threads: ReadonlyMap<string, OwnedThread>
  /** Every record that is stored. Never rejects. */
  readonly read: () => Promise<readonly ThreadRecord[]>
  readonly keyOf: (name: ThreadName) => string
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
  /** What is stored may have changed, elsewhere or of a thread that is not open. Resolves once it has been read. */
  reread(): Promise<void>
  /** Forgets what is stored, for good. */
  clear(): void
}

const none: readonly ThreadSummary[] = Object.freeze([])

/** A list of which nobody asks costs a look at nothing. */
export function createThreadList({
  threads,
  read,
  keyOf,
  mayRun,
  onUse,
}: ThreadListSetup): ThreadList {
  const store = createStore<readonly ThreadSummary[]>(() => none)
  const summaries = new Map<string, ThreadSummary>()
  let stored = new Map<string, ThreadRecord>()
  let isUsed = false
  let isRead = false
  let reading: Promise<void> | null = null
  let isStale = false
  let isCleared = false

  function lookAt(keys: Iterable<string>): void {
    let isChanged = false
    for (const key of keys) {
      const known = summaries.get(key)
      const summary = describe(key, known)
      if (isSame(known, summary)) continue
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
      const records = await read()
      stored = new Map(records.map((record) => [keyOf(record), record]))
    } while (isStale)
    reading = null
    if (isCleared) stored.clear()
    const before = store.getState()
    const wasRead = isRead
    isRead = true
    lookAtAll()
    // That it has been read is told once, also where nothing else has changed by that.
    if (!wasRead && store.getState() === before) store.setState([...before], true)
  }

  function reread(): Promise<void> {
    isStale = true
    return isUsed ? (reading ??= readAll()) : Promise.resolve()
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
    clear() {
      isCleared = true
      stored.clear()
      lookAtAll()
    },
  }
}

function isSame(one: ThreadSummary | undefined, other: ThreadSummary | null): boolean {
  if (one === undefined || other === null) return one === undefined && other === null
  const { title, updatedAt, isRunning } = other
  return one.title === title && one.updatedAt === updatedAt && one.isRunning === isRunning
}
