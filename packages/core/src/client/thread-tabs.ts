import type { ThreadTabs } from '../thread/thread-ports.ts'
import type { TabNews } from './tab-news.ts'
import type { Tabs } from './tabs.ts'
import { createWriterLock } from './writer-lock.ts'

/**
 * What one thread has of the other tabs. Where their records are not shared, each tab has its own conversation, and
 * nobody is asked. The lock is named like the record's place in the storage: a thread that was never written has
 * another ID in each tab, and only one of them may write first. `onNews`: another tab begins to write this one, or does so no more.
 */
export function threadTabs(
  tabs: Tabs,
  news: TabNews,
  key: string,
  isShared: boolean,
  recordId: () => string,
  onNews: () => void,
): ThreadTabs {
  let onElsewhere: (isElsewhere: boolean) => void = () => undefined
  const lock =
    isShared && tabs.locks !== undefined
      ? createWriterLock(tabs.locks, key, (isElsewhere) => {
          onNews() // first: what that tab has done here may be seen before it tells
          onElsewhere(isElsewhere)
        })
      : null
  return {
    isShared,
    hasLocks: lock !== null,
    open: () => news.open(),
    listen(listener) {
      onElsewhere = listener
    },
    take: () => lock?.take() ?? true,
    release: () => lock?.release(),
    async probe() {
      return lock !== null && lock.probe()
    },
    tellChanged() {
      if (isShared) news.tellChanged(recordId())
    },
    close: () => lock?.close(),
  }
}
