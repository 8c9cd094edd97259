import { createFluoClient } from '../client/create-client.ts'
import type { FluoClient, FluoClientOptions, ThreadOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import { parseThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'
import type { Thread } from '../thread/thread.ts'
import { fakeTabs, type FakeTabs } from './fake-tabs.ts'
import { handFrames, handTransport, settled, type HandTransport } from './hand-transport.ts'

export interface BrowserTab {
  readonly client: FluoClient
  readonly transport: HandTransport
  readonly thread: Thread
}

export interface OneBrowser extends FakeTabs {
  readonly storage: ThreadStorage
  /** The record of the thread that every tab has. */
  readonly stored: () => ThreadRecord | null
  readonly tab: (
    options?: Partial<FluoClientOptions>,
    threadOptions?: Partial<ThreadOptions>,
  ) => Promise<BrowserTab>
}

/** One browser, whose tabs share what is stored and have the same thread open. */
export function oneBrowser(): OneBrowser {
  const fake = fakeTabs()
  const storage = { ...memoryStorage(), isShared: true }
  const transcripts = memoryTranscripts()
  return {
    ...fake,
    storage,
    stored: () =>
      parseThreadRecord(storage.read('fluo:v1:user.ann:agent:current') as string | null),
    async tab(options = {}, threadOptions = {}) {
      const transport = handTransport()
      const client = createFluoClient({
        transport,
        userScope: 'ann',
        storage,
        transcripts,
        tabs: fake.tabs,
        schedule: handFrames().schedule,
        random: () => 0,
        ...options,
      })
      const thread = client.thread({ agentId: 'agent', ...threadOptions })
      thread.store.subscribe(() => undefined)
      await settled()
      return { client, transport, thread }
    },
  }
}
