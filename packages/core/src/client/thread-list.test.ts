import { afterEach, describe, expect, it, vi } from 'vitest'
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
import type { FluoClient, FluoClientOptions } from './fluo-client.ts'

interface Page {
  readonly client: FluoClient
  readonly transport: HandTransport
  readonly frames: ReturnType<typeof handFrames>
  readonly thread: (threadKey?: string) => Thread
}

function openPage(options: Partial<FluoClientOptions> = {}): Page {
  const transport = handTransport()
  const frames = handFrames()
  const client = createFluoClient({
    transport,
    userScope: 'ann',
    storage: memoryStorage(),
    tabs: {},
    schedule: frames.schedule,
    ...options,
  })
  return {
    client,
    transport,
    frames,
    thread: (threadKey) => client.thread({ agentId: 'agent', threadKey }),
  }
}

/** Sends, and has it answered. */
async function answer({ transport }: Page, thread: Thread, query: string): Promise<void> {
  void thread.send(query)
  await settled()
  await transport.run.push(delta('An answer.'), final('An answer.'))
  await transport.run.end()
}

function listed(client: FluoClient): readonly (readonly [string, string | null, boolean])[] {
  return client.threads
    .getState()
    .map(({ threadKey, title, isRunning }) => [threadKey, title, isRunning] as const)
}

afterEach(() => void vi.useRealTimers())

describe('FluoClient.threads', () => {
  it('is another list once what is stored has been read, also where that is nothing', async () => {
    const { client } = openPage()
    const first = client.threads.getInitialState()
    const heard: unknown[] = []
    client.threads.subscribe((list) => heard.push(list))
    expect(client.threads.getState()).toBe(first)
    await settled()

    expect(heard).toEqual([[]])
    expect(client.threads.getState()).not.toBe(first)
  })

  it('says when what is stored has been read, also where an open thread is in the list before', async () => {
    const storage = memoryStorage()
    const before = openPage({ storage })
    await answer(before, before.thread('one'), 'First')
    let answerKeys = (): void => undefined
    const keys = async (prefix: string): Promise<readonly string[]> => {
      await new Promise<void>((resolve) => (answerKeys = resolve))
      return storage.keys(prefix)
    }
    const { client } = openPage({ storage: { ...storage, keys } })
    const initialTurns = [{ id: 'turn', input: { query: 'Second' }, sentAt: 1, runs: [] }]
    client.thread({ agentId: 'agent', threadKey: 'two', initialTurns })
    const heard: boolean[] = []
    client.threads.subscribe(() => heard.push(client.threads.isRead))
    await settled()

    expect(listed(client)).toEqual([['two', 'Second', false]])
    expect(client.threads.isRead).toBe(false)
    answerKeys()
    await settled()

    expect(client.threads.isRead).toBe(true)
    expect(heard.at(-1)).toBe(true)
    expect(listed(client)).toHaveLength(2)
  })

  it('tells that it has been read where nothing in the list has changed by that', async () => {
    const { client } = openPage()
    client.thread({ agentId: 'agent', threadRef: 'ref' })
    const heard: boolean[] = []
    client.threads.subscribe(() => heard.push(client.threads.isRead))
    await settled()

    expect(heard).toEqual([false, true])
  })

  it('reads and hears nothing before the first subscription, and shows what is open here', async () => {
    const storage = memoryStorage()
    const before = openPage({ storage })
    await answer(before, before.thread('one'), 'First')
    const keys = vi.fn<ThreadStorage['keys']>((prefix) => storage.keys(prefix))
    const channel = vi.fn<() => never>()
    const page = openPage({ storage: { ...storage, keys }, tabs: { channel } })
    void page.thread('two').send('Second')

    expect(listed(page.client)).toEqual([['two', 'Second', true]])
    expect(page.client.threads.getState()).toBe(page.client.threads.getState())
    expect(keys).not.toHaveBeenCalled()
    page.client.threads.subscribe(() => undefined)
    await settled()

    expect(listed(page.client)).toEqual([
      ['two', 'Second', true],
      ['one', 'First', false],
    ])
    expect(keys).toHaveBeenCalledTimes(1)
  })

  it('has a thread from its first turn on, and says at once when it runs', async () => {
    const page = openPage()
    const thread = page.thread()
    page.client.threads.subscribe(() => undefined)
    await settled()
    thread.setDraft({ query: 'Wh' })
    expect(listed(page.client)).toEqual([])

    void thread.send('What is it?')
    expect(listed(page.client)).toEqual([['current', 'What is it?', true]])
    await page.transport.run.push(final('It.'))
    expect(listed(page.client)).toEqual([['current', 'What is it?', true]])
    await page.transport.run.end()

    expect(listed(page.client)).toEqual([['current', 'What is it?', false]])
  })

  it('has a thread with a reference', () => {
    const { client } = openPage()
    client.thread({ agentId: 'agent', threadRef: 'ref' })

    expect(listed(client)).toEqual([['current', null, false]])
  })

  it('changes nothing with a delta, and no summary but the one that changed', async () => {
    const page = openPage()
    const changes = vi.fn<() => void>()
    page.client.threads.subscribe(() => undefined)
    await answer(page, page.thread('one'), 'First')
    const [first] = page.client.threads.getState()
    void page.thread('two').send('Second')
    const list = page.client.threads.getState()
    page.client.threads.subscribe(changes)

    for (const text of ['Some', ' more', ' text']) {
      await page.transport.run.push(delta(text))
      page.frames.paint()
    }
    page.thread('one').setDraft({ query: 'Typed' })

    expect(changes).not.toHaveBeenCalled()
    expect(page.client.threads.getState()).toBe(list)
    expect(list).toContain(first)
  })

  it('puts first where something was sent last', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1000 })
    const page = openPage()
    page.client.threads.subscribe(() => undefined)
    for (const key of ['one', 'two', 'three']) {
      await answer(page, page.thread(key), key)
      vi.setSystemTime(Date.now() + 1000)
    }
    page.thread('one').setDraft({ query: 'Typed' })
    expect(listed(page.client).map(([key]) => key)).toEqual(['three', 'two', 'one'])

    void page.thread('two').send('Again')

    expect(page.client.threads.getState()).toMatchObject([
      { threadKey: 'two', title: 'two', updatedAt: 4000 },
      { threadKey: 'three', updatedAt: 3000 },
      { threadKey: 'one', updatedAt: 1000 },
    ])
  })

  it('keeps the first words over a reload, and through later questions', async () => {
    const storage = memoryStorage()
    const before = openPage({ storage })
    await answer(before, before.thread(), 'The first words')
    await answer(before, before.thread(), 'Other words')
    const page = openPage({ storage })
    page.client.threads.subscribe(() => undefined)
    await settled()

    expect(listed(page.client)).toEqual([['current', 'The first words', false]])
    await answer(page, page.thread(), 'Still other words')
    expect(listed(page.client)).toEqual([['current', 'The first words', false]])
  })

  it.each([true, false])(
    'says of a run that a page left in the middle what can become of it: %s',
    async (canResume) => {
      const storage = memoryStorage()
      const before = openPage({ storage })
      void before.thread().send('Hi')
      await before.transport.run.push(runStart('ref'), delta('Hel'))
      const page = openPage({ storage, transport: handTransport({ canResume }) })
      page.client.threads.subscribe(() => undefined)
      await settled()

      expect(listed(page.client)).toEqual([['current', 'Hi', canResume]])
    },
  )

  it('does not believe a run to go on for ever', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const storage = memoryStorage()
    const before = openPage({ storage })
    void before.thread().send('Hi')
    await before.transport.run.push(runStart('ref'), delta('Hel'))
    vi.setSystemTime(Date.now() + 3_600_000)
    const page = openPage({ storage, transport: handTransport({ canResume: true }) })
    page.client.threads.subscribe(() => undefined)
    await settled()

    expect(listed(page.client)).toEqual([['current', 'Hi', false]])
  })

  it('hears of what other tabs begin, go on with and end', async () => {
    const { tab } = oneBrowser()
    const [one, two] = [await tab(), await tab()]
    one.client.threads.subscribe(() => undefined)
    await settled()

    const other = two.client.thread({ agentId: 'agent', threadKey: 'other' })
    void other.send('Elsewhere')
    await settled()
    await two.transport.run.push(runStart('ref'))
    void two.thread.send('Here, too')
    await settled()
    const byKey = () => listed(one.client).toSorted(([key], [other]) => key.localeCompare(other))
    expect(byKey()).toEqual([
      ['current', 'Here, too', true],
      ['other', 'Elsewhere', true],
    ])
    for (const run of two.transport.runs) {
      await run.push(final('It.'))
      await run.end()
    }
    await settled()

    expect(byKey()).toEqual([
      ['current', 'Here, too', false],
      ['other', 'Elsewhere', false],
    ])
  })

  it('lists nothing of another user, and nothing after a wipe', async () => {
    const storage = memoryStorage()
    const ann = openPage({ storage })
    await answer(ann, ann.thread('one'), 'First')
    const bob = openPage({ storage, userScope: 'bob' })
    bob.client.threads.subscribe(() => undefined)
    ann.client.threads.subscribe(() => undefined)
    await ann.client.wipe()
    await settled()

    expect([listed(bob.client), listed(ann.client)]).toEqual([[], []])
  })
})

describe('FluoClient.renameThread', () => {
  it.each(['open', 'stored'])(
    'names a thread that is %s for ever, until it is blank',
    async (how) => {
      const storage = memoryStorage()
      const before = openPage({ storage })
      await answer(before, before.thread(), 'The first words')
      const page = how === 'open' ? before : openPage({ storage })
      page.client.threads.subscribe(() => undefined)
      const name = { agentId: 'agent', threadKey: 'current' }

      await page.client.renameThread(name, '  My \n own ')
      expect(listed(page.client)).toEqual([['current', 'My own', false]])
      await answer(page, page.thread(), 'Other words')
      const later = openPage({ storage })
      later.client.threads.subscribe(() => undefined)
      await settled()
      expect(listed(later.client)).toEqual([['current', 'My own', false]])
      await later.client.renameThread(name, ' ')

      expect(listed(later.client)).toEqual([['current', 'The first words', false]])
    },
  )

  it('goes on with no run of a thread that is not open', async () => {
    const storage = memoryStorage()
    const before = openPage({ storage })
    void before.thread().send('Hi')
    await before.transport.run.push(runStart('ref'), delta('Hel'))
    const read = async (key: string): Promise<string | null> => {
      const text = await storage.read(key)
      await settled()
      return text
    }
    const transport = handTransport({ canResume: true })
    const write = async (key: string, value: string): Promise<void> => {
      await settled()
      await storage.write(key, value)
    }
    const page = openPage({ storage: { ...storage, read, write }, transport })

    await page.client.renameThread({ agentId: 'agent', threadKey: 'current' }, 'My own')
    await settled()

    expect(transport.resumes).toEqual([])
    page.client.threads.subscribe(() => undefined)
    await settled()
    await settled()
    expect(listed(page.client)).toEqual([['current', 'My own', true]])
  })

  it('makes no record of a thread that there is not', async () => {
    const storage = memoryStorage()
    await openPage({ storage }).client.renameThread({ agentId: 'a', threadKey: 'b' }, 'My own')

    expect(await storage.keys('')).toEqual([])
  })
})

describe('FluoClient.removeThread', () => {
  const name = { agentId: 'agent', threadKey: 'current' }

  it.each(['open', 'stored'])('forgets all of a thread that is %s', async (how) => {
    const storage = memoryStorage()
    const transcripts = memoryTranscripts()
    const before = openPage({ storage, transcripts })
    await answer(before, before.thread(), 'The first words')
    before.thread().setDraft({ query: 'Typed' })
    await settled()
    const { id } = JSON.parse((await storage.read((await storage.keys(''))[0] ?? '')) ?? '') as {
      readonly id: string
    }
    const page = how === 'open' ? before : openPage({ storage, transcripts })
    page.client.threads.subscribe(() => undefined)
    await settled()

    await page.client.removeThread(name)

    expect(listed(page.client)).toEqual([])
    expect(await storage.keys('')).toEqual([])
    expect((await transcripts.load(`fluo:v1:user.ann:${id}`)).turns).toEqual([])
    expect(page.thread().threadRef).toBeNull()
    expect(page.thread().draft.getState()).toBeNull()
    await answer(page, page.thread(), 'Anew')
    expect(listed(page.client)).toEqual([['current', 'Anew', false]])
    expect(page.transport.run.request.threadRef).toBeNull()
  })

  it('stops an open run once, and nothing that it still brings is kept', async () => {
    const storage = memoryStorage()
    const transport = handTransport({ isDeaf: true })
    const deaf = openPage({ storage, transport })
    deaf.client.threads.subscribe(() => undefined)
    const sending = deaf.thread().send('Hi')
    await transport.run.push(runStart('ref'), delta('Hel'))

    await deaf.client.removeThread(name)
    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(await sending).toMatchObject({ sent: true, end: 'stopped' })
    expect(transport.stopped).toHaveLength(1)
    expect(deaf.thread().store.getState()).toMatchObject({ turns: [], status: 'ready' })
    expect(await storage.keys('')).toEqual([])
    expect(listed(deaf.client)).toEqual([])
  })

  it('stops a run that another page left open', async () => {
    const storage = memoryStorage()
    const before = openPage({ storage })
    void before.thread().send('Hi')
    await before.transport.run.push(runStart('ref'), delta('Hel'))
    const page = openPage({ storage })

    await page.client.removeThread(name)

    expect(page.transport.stopped).toMatchObject([{ agentId: 'agent' }])
  })

  it('forgets it in other tabs, which can go on at once', async () => {
    const { tab, storage } = oneBrowser()
    const [one, two] = [await tab(), await tab()]
    one.client.threads.subscribe(() => undefined)
    void one.thread.send('Hi')
    await settled()
    await one.transport.run.push(runStart('ref'), delta('Hel'))

    await two.client.removeThread(name)
    await settled()

    // The tab that reads it, and the one that cannot know whether any does.
    expect([one.transport.stopped.length, two.transport.stopped.length]).toEqual([1, 1])
    expect(one.thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    expect(listed(one.client)).toEqual([])
    expect(await storage.keys('')).toEqual([])
    void two.thread.send('Anew')
    await settled()
    await two.transport.run.push(final('It.'))
    await two.transport.run.end()
    await settled()
    expect(one.thread.store.getState().turns).toMatchObject([{ input: { query: 'Anew' } }])
  })

  it('never rejects', async () => {
    const broken = (): never => {
      throw new Error('no storage here')
    }
    const storage = { isShared: false, read: broken, write: broken, remove: broken, keys: broken }
    const page = openPage({ storage })
    page.client.threads.subscribe(() => undefined)
    void page.thread().send('Hi')

    await expect(page.client.removeThread(name)).resolves.toBeUndefined()
    await expect(page.client.removeThread({ ...name, threadKey: 'x' })).resolves.toBeUndefined()
    await expect(page.client.renameThread(name, 'x')).resolves.toBeUndefined()
    expect(listed(page.client)).toEqual([])
  })
})
