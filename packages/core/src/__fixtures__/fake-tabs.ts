import type { TabChannel, TabLocks, Tabs } from '../client/tabs.ts'

export interface FakeLocks extends TabLocks {
  readonly held: () => readonly string[]
}

interface Ask {
  readonly isShared: boolean
  readonly grant: () => void
}

/** Web Locks within one process, after their specification: a queue for each name, and as many as fit at its head. */
export function fakeLocks(): FakeLocks {
  const held = new Map<string, { isShared: boolean; count: number }>()
  const queues = new Map<string, Ask[]>()
  const queueOf = (name: string): Ask[] => {
    const queue = queues.get(name) ?? []
    queues.set(name, queue)
    return queue
  }
  const fits = (name: string, isShared: boolean): boolean => {
    const lock = held.get(name)
    return lock === undefined || (lock.isShared && isShared)
  }
  function serve(name: string): void {
    const queue = queueOf(name)
    for (let ask = queue[0]; ask !== undefined && fits(name, ask.isShared); ask = queue[0]) {
      queue.shift()
      const count = (held.get(name)?.count ?? 0) + 1
      held.set(name, { isShared: ask.isShared, count })
      ask.grant()
    }
  }
  function release(name: string): void {
    const lock = held.get(name)
    if (lock !== undefined && (lock.count -= 1) === 0) held.delete(name)
    serve(name)
  }
  return {
    held: () => [...held.keys()],
    async request(name, { mode = 'exclusive', ifAvailable = false, signal }, callback) {
      const isShared = mode === 'shared'
      await Promise.resolve()
      if (ifAvailable && (!fits(name, isShared) || queueOf(name).length > 0)) return callback(null)
      await new Promise<void>((grant, reject) => {
        const ask = { isShared, grant }
        queueOf(name).push(ask)
        signal?.addEventListener('abort', () => {
          const index = queueOf(name).indexOf(ask)
          if (index < 0) return
          queueOf(name).splice(index, 1)
          reject(new DOMException('aborted', 'AbortError'))
          serve(name)
        })
        serve(name)
      })
      try {
        return await callback({ name, mode })
      } finally {
        release(name)
      }
    },
  }
}

interface Said {
  readonly name: string
  readonly message: unknown
}

export interface FakeChannels {
  readonly said: readonly Said[]
  readonly say: (name: string, message: unknown) => void
  readonly count: () => number
  readonly channel: (name: string) => TabChannel
}

export interface FakeTabs {
  readonly locks: FakeLocks
  readonly channels: FakeChannels
  readonly tabs: Tabs
}

/** Channels within one process, and all that was ever said in them. */
export function fakeChannels(): FakeChannels {
  const open = new Map<TabChannel, string>()
  const said: Said[] = []
  function say(name: string, message: unknown, from?: TabChannel): void {
    said.push({ name, message })
    for (const [channel, its] of open) {
      if (its !== name || channel === from) continue
      queueMicrotask(() => {
        if (open.has(channel)) channel.onmessage?.({ data: structuredClone(message) })
      })
    }
  }
  return {
    said,
    say,
    count: () => open.size,
    channel(name: string): TabChannel {
      const channel: TabChannel = {
        onmessage: null,
        postMessage: (message) => say(name, message, channel),
        close: () => void open.delete(channel),
      }
      open.set(channel, name)
      return channel
    },
  }
}

/** The tabs of one browser. */
export function fakeTabs(): FakeTabs {
  const locks = fakeLocks()
  const channels = fakeChannels()
  const tabs: Tabs = { locks, channel: channels.channel }
  return { locks, channels, tabs }
}
