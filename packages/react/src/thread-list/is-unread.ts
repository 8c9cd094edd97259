import type { FluoClient, ThreadSummary } from '@fluokit/core'

/** Whether what is stored has yet to be read, and on a page that hydrates also with the list that its server had. */
export function isUnread({ threads }: FluoClient, list: readonly ThreadSummary[]): boolean {
  return !threads.isRead || list === threads.getInitialState()
}
