/** The part of the Web Locks interface that is used; declared here because core knows no DOM. */
export interface TabLocks {
  request(
    name: string,
    options: {
      readonly mode?: 'exclusive' | 'shared'
      readonly ifAvailable?: boolean
      readonly signal?: AbortSignal
    },
    callback: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown>
}

/** The part of a BroadcastChannel that is used. */
export interface TabChannel {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  postMessage(message: unknown): void
  close(): void
}

/** How the tabs of one user hear of each other. Each may be absent: then tabs go without. */
export interface Tabs {
  /** One writer a thread, among tabs with a shared storage. @default navigator.locks */
  readonly locks?: TabLocks | undefined
  /** News between tabs: that something changed, never what. @default BroadcastChannel */
  readonly channel?: ((name: string) => TabChannel) | undefined
}

interface Page {
  readonly document?: unknown
  readonly navigator?: { readonly locks?: TabLocks }
  readonly BroadcastChannel?: new (name: string) => TabChannel
}

/** What the page has of both. A server has no tabs, whatever its globals are. */
export function pageTabs(): Tabs {
  const { document, navigator, BroadcastChannel: Channel } = globalThis as Page
  if (document === undefined) return {}
  return { locks: navigator?.locks, channel: Channel && ((name) => new Channel(name)) }
}
