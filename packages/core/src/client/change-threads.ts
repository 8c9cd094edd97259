import type { TranscriptStore } from '../memory/transcript-store.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import type { OpenTurn, ThreadRecord } from '../thread/thread-record.ts'
import { longestAnswer, within } from '../thread/within.ts'
import type { FluoClient } from './fluo-client.ts'
import { ownTitle } from './own-title.ts'
import type { TabNews } from './tab-news.ts'
import type { ThreadList } from './thread-list.ts'
import type { ThreadName } from './thread-summary.ts'

export interface ChangeThreadsSetup {
  /** The thread that is open under this name, if one is. */
  readonly find: (name: ThreadName) => OwnedThread | undefined
  /** A thread of this name that nobody else has. */
  readonly make: (name: ThreadName) => OwnedThread
  /** Where those that are not open are for as long as they are changed, by their keys: one for all changes at once. */
  readonly passing: Map<string, OwnedThread>
  readonly keyOf: (name: ThreadName) => string
  readonly list: ThreadList
  readonly news: TabNews
  readonly transcripts: TranscriptStore | undefined
  /** The beginning of the records' IDs in the transcripts. */
  readonly prefix: string
  /** A conversation was removed. Resolves once the list knows. */
  readonly onRemoved: (removed: ThreadRecord) => Promise<void>
  /** A run of a conversation that was removed may be going on, and nobody here reads it. */
  readonly stop: (open: OpenTurn) => void
}

/** Changes of conversations by their names, whether they are open here or not. */
export function changeThreads({
  find,
  make,
  passing,
  keyOf,
  list,
  news,
  transcripts,
  prefix,
  onRemoved,
  stop,
}: ChangeThreadsSetup): Pick<FluoClient, 'renameThread' | 'removeThread'> {
  let underWay = 0

  function pass(name: ThreadName): OwnedThread {
    const key = keyOf(name)
    const known = passing.get(key)
    if (known !== undefined) return known
    const thread = make(name)
    thread.dispose() // first: it is to go on with no run
    passing.set(key, thread)
    return thread
  }

  async function change<T>(name: ThreadName, act: (thread: OwnedThread) => Promise<T>): Promise<T> {
    const thread = find(name) ?? pass(name)
    underWay += 1
    const result = await act(thread)
    await thread.record.isWritten()
    underWay -= 1
    if (underWay === 0) passing.clear()
    return result
  }

  return {
    async renameThread(name, title) {
      const own = ownTitle(title)
      const known = find(name)
      await change(name, (thread) => thread.rename(own))
      const opened = find(name)
      if (opened !== known) await opened?.rename(own) // it may have read what the thread was called before
      await within(longestAnswer, list.reread())
    },
    async removeThread(name) {
      const removed = await change(name, (thread) => thread.remove(false))
      const removing = onRemoved(removed)
      news.tellRemoved(removed.id)
      if (removed.open?.end === null) stop(removed.open)
      const forget = async (): Promise<void> => transcripts?.remove(prefix + removed.id)
      await within(longestAnswer, Promise.allSettled([removing, forget()]))
    },
  }
}
