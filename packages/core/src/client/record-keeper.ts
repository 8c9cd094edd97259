import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import { parseThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'
import { longestAnswer, within } from '../thread/within.ts'

/**
 * Keeps one record in a storage. What is in memory counts; the storage follows in the same tick where it can, one
 * write at a time where it cannot. Whatever the storage throws is dropped: it never stops a send.
 */
export function keepRecord(storage: ThreadStorage, key: string, fresh: ThreadRecord): RecordKeeper {
  let current = fresh
  let isChanged = false
  let isRead = false
  /** What was changed before the record was read: that alone counts more than what is stored. */
  let changedEarly: Partial<ThreadRecord> = {}
  let adoptedId: string | null = null
  let replacedId: string | null = null
  let isStored = false
  let isSynchronous = false
  let isForgotten = false
  let writing: Promise<void> | null = null

  function take(text: string | null): void {
    const stored = parseThreadRecord(text)
    const early = isRead ? {} : changedEarly
    const isKnown = isRead && isChanged
    isRead = true
    if (stored === null || isKnown || isForgotten) return
    isStored = early.id === undefined
    if (isStored) adoptedId = stored.id
    else replacedId = stored.id
    if (Object.keys(early).length > 0) {
      const revision = Math.max(stored.revision, current.revision) + 1
      current = { ...stored, ...early, updatedAt: Date.now(), revision }
      write()
    } else current = stored
  }

  function takeNewer(text: string | null): void {
    const stored = isForgotten ? null : parseThreadRecord(text)
    if (stored === null || stored.revision <= current.revision) return
    current = stored
    isStored = true
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
    const result = attempt(() => storage.write(key, JSON.stringify(written)))
    if (!isThenable(result)) return
    writing = Promise.resolve(result)
      .catch(ignore)
      .then(() => {
        writing = null
        if (current !== written) write()
      })
  }

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
    get replacedId() {
      return replacedId
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
      const revision = current.revision + 1
      current = { ...current, ...change, updatedAt: Date.now(), revision }
      write()
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
      const remove = async (): Promise<void> => attempt(() => storage.remove(key))
      if (writing !== null) await within(longestAnswer, writing)
      if (writing !== null) void writing.then(remove).catch(ignore) // it may still be written
      await within(longestAnswer, remove())
    },
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
