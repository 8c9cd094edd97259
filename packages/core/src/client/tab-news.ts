import { isPayload } from '../wire/payload.ts'
import type { TabChannel, Tabs } from './tabs.ts'

/** What tabs tell each other: which record changed or was removed, or that all of the user's were wiped. No text, no reference. */
type News = { readonly fluo: 1 } & (
  | { readonly type: 'changed' | 'removed'; readonly recordId: string }
  | { readonly type: 'wiped' }
)

export interface TabNews {
  /** Listens from now on. */
  open(): void
  tellChanged(recordId: string): void
  tellRemoved(recordId: string): void
  tellWiped(): void
  close(): void
}

/** The news between the tabs of one user, whose scope is in the channel's name. Nothing of it throws. */
export function createTabNews(
  tabs: Tabs,
  name: string,
  onChanged: (recordId: string) => void,
  onRemoved: (removed: { readonly id: string }) => Promise<void>,
  onWiped: () => Promise<void>,
): TabNews {
  let channel: TabChannel | null = null
  let isClosed = false

  function open(): void {
    if (isClosed || channel !== null) return
    try {
      channel = tabs.channel?.(name) ?? null
    } catch {
      return // a page that may not have one works for itself
    }
    if (channel === null) return
    channel.onmessage = ({ data }) => {
      const news = readNews(data)
      if (isClosed || news === null) return
      if (news.type === 'wiped') void onWiped()
      else if (news.type === 'removed') void onRemoved({ id: news.recordId })
      else onChanged(news.recordId)
    }
  }

  function tell(news: News): void {
    open()
    try {
      channel?.postMessage(news)
    } catch {
      // A channel that is closed already tells nobody.
    }
  }

  return {
    open,
    tellChanged: (recordId) => tell({ fluo: 1, type: 'changed', recordId }),
    tellRemoved: (recordId) => tell({ fluo: 1, type: 'removed', recordId }),
    tellWiped: () => tell({ fluo: 1, type: 'wiped' }),
    close() {
      isClosed = true
      if (channel !== null) channel.onmessage = null
      channel?.close()
      channel = null
    },
  }
}

function readNews(data: unknown): News | null {
  if (!isPayload(data) || data['fluo'] !== 1) return null
  const { type, recordId } = data
  if (type === 'wiped') return { fluo: 1, type }
  if (typeof recordId !== 'string') return null
  return type === 'changed' || type === 'removed' ? { fluo: 1, type, recordId } : null
}
