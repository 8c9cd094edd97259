import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeTabs } from '../__fixtures__/fake-tabs.ts'
import {
  delta,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
  type HandTransport,
} from '../__fixtures__/hand-transport.ts'
import { oneBrowser } from '../__fixtures__/one-browser.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { Thread } from '../thread/thread.ts'
import { createFluoClient } from './create-client.ts'
import type { TabChannel } from './tabs.ts'
import type { FluoClient, FluoClientOptions } from './fluo-client.ts'

const name = { agentId: 'agent', threadKey: 'current' }
const prefix = 'fluo:v1:user.ann:'

interface Page {
  readonly client: FluoClient
  readonly transport: HandTransport
}

function openPage(options: Partial<FluoClientOptions> = {}): Page {
  const transport = handTransport()
  const { schedule } = handFrames()
  const given = { transport, userScope: 'ann', storage: memoryStorage(), tabs: {}, schedule }
  return { client: createFluoClient({ ...given, ...options }), transport }
}

async function answer({ transport }: Page, thread: Thread, query: string): Promise<void> {
  void thread.send(query)
  await settled()
  await transport.run.push(delta('An answer.'), final('An answer.'))
  await transport.run.end()
}

/** What a page leaves behind in which this was asked. */
async function asked(query: string, options: Partial<FluoClientOptions> = {}) {
  const storage = memoryStorage()
  const page = openPage({ storage, ...options })
  await answer(page, page.client.thread(name), query)
  page.client.dispose()
  return storage
}

/** The titles on a page that is opened now. */
async function titles(storage: ThreadStorage): Promise<readonly (string | null)[]> {
  const { client } = openPage({ storage })
  client.threads.subscribe(() => undefined)
  await settled()
  return listed(client)
}

function listed({ threads }: FluoClient): readonly (string | null)[] {
  return threads.getState().map(({ title }) => title)
}

/** A storage whose calls of one kind answer when they are let, the first ones first; what is read is as it was when it was asked for. */
function held(records: ThreadStorage, kind: 'read' | 'write') {
  const waiting: (() => void)[] = []
  const wait = (): Promise<void> => new Promise((resolve) => void waiting.push(resolve))
  const storage: ThreadStorage = {
    ...records,
    ...(kind === 'read' && {
      async read(key: string) {
        const text = await records.read(key)
        await wait()
        return text
      },
    }),
    ...(kind === 'write' && {
      async write(key: string, value: string) {
        await wait()
        await records.write(key, value)
      },
    }),
  }
  async function letOne(): Promise<void> {
    await settled()
    waiting.shift()?.()
    await settled()
  }
  async function letAll(): Promise<void> {
    for (let call = 0; call < 20; call += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await letOne()
    }
  }
  return { storage, letOne, letAll }
}

afterEach(() => void vi.useRealTimers())

describe('FluoClient.renameThread', () => {
  it('writes nothing after a wipe that came before it had read', async () => {
    const records = await asked('Old?')
    const { storage, letAll } = held(records, 'read')
    const { client } = openPage({ storage })
    const renaming = client.renameThread(name, 'My own')
    await settled()

    await client.wipe()
    await letAll()
    await renaming

    expect(await records.keys('')).toEqual([])
  })

  it('names a thread that is opened meanwhile and had read what it was called before', async () => {
    const records = await asked('Old?')
    const { storage, letOne, letAll } = held(records, 'read')
    const page = openPage({ storage })
    const renaming = page.client.renameThread(name, 'My own')
    const thread = page.client.thread(name)
    thread.store.subscribe(() => undefined)
    await letOne()
    await letAll()
    await renaming
    thread.setDraft({ query: 'Typed' })
    await settled()

    expect(await titles(records)).toEqual(['My own'])
  })

  it('does not name what another tab has begun here since', async () => {
    const storage = { ...(await asked('Old?')), isShared: true }
    const [one, two] = [openPage({ storage }), openPage({ storage })]
    one.client.thread(name).store.subscribe(() => undefined)
    two.client.thread(name).reset()

    await one.client.renameThread(name, 'My own')
    await answer(two, two.client.thread(name), 'New?')

    expect(new Set(await titles(storage))).toEqual(new Set(['New?', 'Old?']))
  })
})

describe('FluoClient.removeThread', () => {
  it('forgets what was queued as well, and says so', async () => {
    const storage = memoryStorage()
    const { client, transport } = openPage({ storage })
    const thread = client.thread({ ...name, whenBusy: 'queue' })
    void thread.send('Hi')
    await transport.run.push(runStart('ref'))
    const sending = thread.send('Secret')

    await client.removeThread(name)

    expect(await sending).toEqual({ sent: false, reason: 'removed' })
    expect(thread.store.getState()).toMatchObject({ turns: [], queued: [] })
    expect(await storage.keys('')).toEqual([])
  })

  it('is not undone by a name that was being written', async () => {
    const records = await asked('Old?')
    const { storage, letAll } = held(records, 'write')
    const { client } = openPage({ storage })
    const renaming = client.renameThread(name, 'My own')
    await settled()
    const removing = client.removeThread(name)
    await letAll()
    await Promise.all([renaming, removing])

    expect(await records.keys('')).toEqual([])
  })

  it('leaves what another tab has begun here since, and shows it', async () => {
    const storage = { ...(await asked('Old?')), isShared: true }
    const [one, two] = [openPage({ storage }), openPage({ storage })]
    const thread = one.client.thread(name)
    thread.store.subscribe(() => undefined)
    two.client.thread(name).reset()
    void two.client.thread(name).send('New?')
    await two.transport.run.push(runStart('ref of New?'))

    await one.client.removeThread(name)
    await settled()

    expect(await titles(storage)).toEqual(['New?'])
    expect(thread.threadRef).toBe('ref of New?')
  })

  it('removes what a told tab has written since, where the storage answers late', async () => {
    const records = memoryStorage()
    const later = async <T>(call: () => T): Promise<Awaited<T>> => {
      await Promise.resolve()
      return await call()
    }
    const storage: ThreadStorage = {
      isShared: true,
      read: (key) => later(() => records.read(key)),
      write: (key, value) => later(() => records.write(key, value)),
      remove: (key) => later(() => records.remove(key)),
      keys: (beginning) => later(() => records.keys(beginning)),
    }
    const { tabs, channels } = fakeTabs()
    const page = openPage({ storage, tabs })
    const thread = page.client.thread(name)
    await answer(page, thread, 'Old?')
    const [key = ''] = await records.keys('')
    const { id } = JSON.parse(String(await records.read(key))) as { readonly id: string }

    await records.remove(key)
    thread.setDraft({ query: 'Typed' })
    await settled()
    expect(await records.keys('')).toEqual([key])
    channels.say(prefix, { fluo: 1, type: 'removed', recordId: id })
    await settled()

    expect(await records.keys('')).toEqual([])
  })

  it('forgets it in a tab that was duplicated, which has a record of its own', async () => {
    const { tabs } = fakeTabs()
    const storage = await asked('Old?')
    const copy = memoryStorage()
    for (const key of await storage.keys('')) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await copy.write(key, String(await storage.read(key)))
    }
    const [one, two] = [openPage({ storage, tabs }), openPage({ storage: copy, tabs })]
    two.client.threads.subscribe(() => undefined)
    await settled()
    expect(listed(two.client)).toEqual(['Old?'])

    await one.client.removeThread(name)
    await settled()

    expect(listed(two.client)).toEqual([])
    expect(await copy.keys('')).toEqual([])
  })

  it('forgets the messages also where the record is read later than it waits', async () => {
    const transcripts = memoryTranscripts()
    const records = await asked('Old?', { transcripts })
    const [key = ''] = await records.keys('')
    const { id } = JSON.parse(String(await records.read(key))) as { readonly id: string }
    expect((await transcripts.load(prefix + id)).turns).toHaveLength(1)
    vi.useFakeTimers()
    const read = async (asked: string): Promise<string | null> => {
      const text = await records.read(asked)
      await new Promise((resolve) => setTimeout(resolve, 3000))
      return text
    }
    const { client } = openPage({ transcripts, storage: { ...records, read } })

    const removing = client.removeThread(name)
    await vi.advanceTimersByTimeAsync(20_000)
    await removing

    expect((await transcripts.load(prefix + id)).turns).toEqual([])
    expect(await records.keys('')).toEqual([])
  })

  it('waits for no storage for ever, and neither does a new name or the list', async () => {
    vi.useFakeTimers()
    const never = (): Promise<never> => new Promise(() => undefined)
    const storage = { isShared: true, read: never, write: never, remove: never, keys: never }
    const transcripts = { ...memoryTranscripts(), remove: never }
    const { client } = openPage({ storage, transcripts })
    client.threads.subscribe(() => undefined)
    void client.thread(name).send('Hi')
    await vi.advanceTimersByTimeAsync(3000)
    expect(listed(client)).toEqual(['Hi'])
    const done = vi.fn<() => void>()

    void client.renameThread(name, 'My own').then(done)
    void client.renameThread({ ...name, threadKey: 'x' }, 'My own').then(done)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(listed(client)).toEqual(['My own'])
    void client.removeThread(name).then(done)
    void client.removeThread({ ...name, threadKey: 'x' }).then(done)
    await vi.advanceTimersByTimeAsync(20_000)

    expect(done).toHaveBeenCalledTimes(4)
    expect(listed(client)).toEqual([])
    expect(client.threads.isRead).toBe(true)
  })

  it('forgets a question whose page comes back at whatever moment', async () => {
    for (let moment = 0; moment < 40; moment += 1) {
      const storage = memoryStorage()
      const transcripts = memoryTranscripts()
      const before = openPage({ storage, transcripts })
      void before.client.thread(name).send('Hi')
      before.client.dispose()
      const transport = handTransport({ canResume: true })
      const { client } = openPage({ storage, transcripts, transport })
      const thread = client.thread(name)
      thread.store.subscribe(() => undefined)

      for (let tick = 0; tick < moment; tick += 1) await Promise.resolve()
      await client.removeThread(name)
      await settled()

      expect([moment, thread.store.getState().turns, listed(client)]).toEqual([moment, [], []])
    }
  })
})

describe('FluoClient.threads', () => {
  it('is never without a conversation that another tab moves to another key', async () => {
    const { tab } = oneBrowser()
    const [one, two] = [await tab(), await tab()]
    one.client.threads.subscribe(() => undefined)
    await answer(two, two.thread, 'Old?')
    await settled()
    const heard: (readonly (string | null)[])[] = []
    one.client.threads.subscribe(() => heard.push(listed(one.client)))

    two.thread.reset()
    await settled()

    expect(heard).not.toEqual([])
    expect(heard).not.toContainEqual([])
    expect(one.thread.store.getState().turns).toEqual([])
    expect(one.client.threads.getState()).toHaveLength(1)
    expect(one.client.threads.getState()).not.toMatchObject([{ threadKey: 'current' }])
  })

  it.each(['before', 'after'])(
    'is never without one that another tab moves while it is answered there, told %s the lock',
    async (when) => {
      const { tab, tabs, channels } = oneBrowser()
      const slow = (name: string): TabChannel => {
        const channel = channels.channel(name)
        const tell = channel.postMessage.bind(channel)
        channel.postMessage = (message) => void settled().then(() => tell(message))
        return channel
      }
      const given = when === 'after' ? { tabs: { ...tabs, channel: slow } } : {}
      const [one, two] = [await tab(given), await tab(given)]
      one.client.threads.subscribe(() => undefined)
      void two.thread.send('Old?')
      await settled()
      await two.transport.run.push(runStart('ref'), delta('An'))
      await settled()
      expect(one.thread.store.getState().writer).toBe('another-tab')
      const heard: (readonly (string | null)[])[] = []
      one.client.threads.subscribe(() => heard.push(listed(one.client)))

      two.thread.reset()
      await settled()

      expect(heard).not.toEqual([])
      expect(heard).not.toContainEqual([])
      expect(one.client.threads.getState()).not.toMatchObject([{ threadKey: 'current' }])
    },
  )

  it('keeps what the storage fails to read for once', async () => {
    const records = memoryStorage()
    const before = openPage({ storage: records })
    await answer(before, before.client.thread({ ...name, threadKey: 'one' }), 'First')
    await answer(before, before.client.thread({ ...name, threadKey: 'two' }), 'Second')
    let failing: 'keys' | 'one' | null = null
    const storage: ThreadStorage = {
      ...records,
      async read(key) {
        if (failing !== null && key.endsWith(failing)) throw new Error('not now')
        return records.read(key)
      },
      async keys(beginning) {
        if (failing === 'keys') throw new Error('not now')
        return records.keys(beginning)
      },
    }
    const { client } = openPage({ storage })
    client.threads.subscribe(() => undefined)
    await settled()

    for (failing of ['one', 'keys'] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await client.renameThread({ ...name, threadKey: 'two' }, failing)
      expect(listed(client)).toHaveLength(2)
      expect(listed(client)).toContain('First')
    }
    failing = null
    await client.renameThread({ ...name, threadKey: 'two' }, 'My own')
    expect(listed(client)).toContain('My own')
  })
})
