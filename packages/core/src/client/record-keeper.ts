import type { ThreadStorage } from '../memory/thread-storage.ts'
import { newId } from '../thread/new-id.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import { parseThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'
import { longestAnswer, within } from '../thread/within.ts'

/**
 * Keeps one record in a storage. What is in memory counts; the storage follows in the same tick where it can, one
 * write at a time where it cannot. Whatever the storage throws is dropped: it never stops a send. A record that was `moved` here
 * from another key is stored at once and read no more.
 */
export function keepRecord(
  storage: ThreadStorage,
  key: string,
  fresh: ThreadRecord,
  onChange: () => void = () => undefined,
  moved?: ThreadRecord,
): RecordKeeper {
  let current = moved ?? fresh
  let isChanged = moved !== undefined
  let isRead = isChanged
  /** What was changed before the record was read: that alone counts more than what is stored. */
  let changedEarly: Partial<ThreadRecord> = {}
  let adoptedId: string | null = null
  let replaced: ThreadRecord | null = null
  let isStored = isChanged
  let isSynchronous = false
  let isForgotten = false
  /** The conversation that was removed, until something changes: whatever else is stored then is newer. */
  let removedId: string | null = null
  let isRemovedUnread = false
  let removedLate: string | null = null
  let writing: Promise<void> | null = null

  function take(text: string | null): void {
    const stored = parseThreadRecord(text)
    const early = isRead ? {} : changedEarly
    const isKnown = isRead && isChanged
    isRead = true
    if (isRemovedUnread && stored !== null && stored.id !== current.id) removedLate = stored.id
    if (stored === null || isKnown || isForgotten) return
    isStored = early.id === undefined
    if (isStored) adoptedId = stored.id
    else replaced = stored
    if (Object.keys(early).length > 0) {
      const revision = Math.max(stored.revision, current.revision)
      current = changed({ ...stored, revision }, early)
      write()
    } else current = stored
    onChange()
  }

  function takeNewer(text: string | null): void {
    const stored = isForgotten ? null : parseThreadRecord(text)
    if (stored === null || stored.id === removedId) return
    if (removedId === null && stored.revision <= current.revision) return
    current = stored
    removedId = null
    isStored = true
    onChange()
  }

  /** What another tab has written since is not written over, where the storage can be asked in this tick. */
  function refresh(): void | Promise<void> {
    const text = attempt(() => storage.read(key))
    if (isThenable(text)) return Promise.resolve(text).then(takeNewer).catch(ignore)
    takeNewer(text ?? null)
  }

  function write(): void {
    if (isForgotten || writing !== null) return // the write that is under way is followed by one more
    const written = current
    const isRemoved = removedId !== null
    const result = attempt(() =>
      isRemoved ? storage.remove(key) : storage.write(key, JSON.stringify(written)),
    )
    if (!isThenable(result)) return
    writing = Promise.resolve(result)
      .catch(ignore)
      .then(() => {
        writing = null
        if (current !== written) write()
      })
  }

  /** Removes what is stored, unless it is a conversation that another tab has begun here since. */
  function removeStored(isTold: boolean): void {
    const text = attempt(() => storage.read(key))
    const drop = (found: string | null): void => {
      const stored = parseThreadRecord(found)
      if (stored === null ? !isTold : stored.id === removedId) write()
    }
    if (!isThenable(text)) drop(text ?? null)
    else if (isTold) void Promise.resolve(text).then(drop).catch(ignore)
    else write()
  }

  if (moved !== undefined) write()

  return {
    get current() {
      return current
    },
    get isStored() {
      return isStored
    },
    get isRead() {
      return isRead
    },
    get replaced() {
      return replaced
    },
    get removedLate() {
      return removedLate
    },
    nameOf: (id) => (id === fresh.id ? (adoptedId ?? id) : id),
    restore() {
      const text = attempt(() => storage.read(key))
      if (isThenable(text)) return Promise.resolve(text).then(take, () => take(null))
      isSynchronous = true
      take(text === undefined ? null : text)
    },
    refresh() {
      if (storage.isShared) return refresh()
    },
    update(change, may) {
      isChanged = true
      // A condition is of the newest record, which in this page, too, another client may have written.
      if ((storage.isShared || may !== undefined) && isSynchronous) void refresh()
      if (may?.(current) === false) return
      if (!isRead) changedEarly = { ...changedEarly, ...change }
      current = changed(current, change)
      removedId = null
      write()
      onChange()
    },
    renew(isTold) {
      removedId = current.id
      isRemovedUnread = !isRead
      current = { ...fresh, id: newId(), threadRef: null }
      isChanged = true
      isRead = true
      isStored = false
      removeStored(isTold)
      onChange()
    },
    async isWritten() {
      if (writing !== null) await within(longestAnswer, writing)
      let stored: ThreadRecord | null = null
      const read = async (): Promise<void> => {
        stored = parseThreadRecord((await storage.read(key)) ?? null)
      }
      await within(longestAnswer, read())
      const { id, revision } = stored ?? fresh
      return id === current.id && revision === current.revision
    },
    async forget() {
      isForgotten = true
      current = { ...fresh, threadRef: null }
      onChange()
      const remove = async (): Promise<void> => attempt(() => storage.remove(key))
      if (writing !== null) await within(longestAnswer, writing)
      if (writing !== null) void writing.then(remove).catch(ignore) // it may still be written
      await within(longestAnswer, remove())
    },
  }
}

/** The record with a change. What a conversation is called by its first question is never taken from a later one. */
function changed(record: ThreadRecord, change: Partial<ThreadRecord>): ThreadRecord {
  const title = change.id === undefined ? record.title : null
  const revision = record.revision + 1
  return {
    ...record,
    ...change,
    title: title ?? change.title ?? null,
    updatedAt: Date.now(),
    revision,
  }
}

/** Promises of another realm or a library are promises, too. */
function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

function attempt<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}

function ignore(): void {
  // A storage that fails leaves the record in memory, which is enough for this page.
}
