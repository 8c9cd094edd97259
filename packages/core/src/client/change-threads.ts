import type { TranscriptStore } from '../memory/transcript-store.ts'
import type { OwnedThread } from '../thread/owned-thread.ts'
import type { OpenTurn, ThreadRecord } from '../thread/thread-record.ts'
import { longestAnswer, within } from '../thread/within.ts'
import type { FluoClient } from './fluo-client.ts'
import type { TabNews } from './tab-news.ts'
import type { ThreadList } from './thread-list.ts'
import type { ThreadName } from './thread-summary.ts'

export interface ChangeThreadsSetup {
  /** The thread that is open under this name, if one is. */
  readonly find: (name: ThreadName) => OwnedThread | undefined
  /** A thread of this name that nobody else has. */
  readonly make: (name: ThreadName) => OwnedThread
  readonly list: ThreadList
  readonly news: TabNews
  readonly transcripts: TranscriptStore | undefined
  /** The beginning of the records' IDs in the transcripts. */
  readonly prefix: string
  /** A conversation was removed. */
  readonly onRemoved: (removed: ThreadRecord) => void
  /** A run of a conversation that was removed may be going on, and nobody here reads it. */
  readonly stop: (open: OpenTurn) => void
}

/** Changes of conversations by their names, whether they are open here or not. */
export function changeThreads({
  find,
  make,
  list,
  news,
  transcripts,
  prefix,
  onRemoved,
  stop,
}: ChangeThreadsSetup): Pick<FluoClient, 'renameThread' | 'removeThread'> {
  async function change<T>(name: ThreadName, act: (thread: OwnedThread) => Promise<T>): Promise<T> {
    const known = find(name)
    const thread = known ?? make(name)
    if (known === undefined) thread.dispose() // first: it is to go on with no run
    const result = await act(thread)
    await thread.record.isWritten()
    return result
  }

  return {
    async renameThread(name, title) {
      const own = title?.trim().replace(/\s+/g, ' ')
      await change(name, (thread) => thread.rename(own === undefined || own === '' ? null : own))
      await list.reread()
    },
    async removeThread(name) {
      const removed = await change(name, (thread) => thread.remove(false))
      onRemoved(removed)
      news.tellRemoved(removed.id)
      if (removed.open?.end === null) stop(removed.open)
      const forget = async (): Promise<void> => transcripts?.remove(prefix + removed.id)
      await within(longestAnswer, forget())
      await list.reread()
    },
  }
}
