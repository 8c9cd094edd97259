import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeTabs } from '../__fixtures__/fake-tabs.ts'
import {
  delta,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import { textOf } from '../thread/text-chunks.ts'
import type { Thread } from '../thread/thread.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClientOptions } from './fluo-client.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** One browser, whose tabs share what is stored. */
function browser() {
  const fake = fakeTabs()
  const storage = { ...memoryStorage(), isShared: true }
  const transcripts = memoryTranscripts()
  async function tab(options: Partial<FluoClientOptions> = {}) {
    const transport = handTransport()
    const client = createFluoClient({
      transport,
      userScope: 'ann',
      storage,
      transcripts,
      tabs: fake.tabs,
      schedule: handFrames().schedule,
      ...options,
    })
    const thread = client.thread({ agentId: 'agent' })
    thread.store.subscribe(() => undefined)
    await settled()
    return { client, transport, thread }
  }
  return { ...fake, storage, transcripts, tab }
}

type Tab = Awaited<ReturnType<ReturnType<typeof browser>['tab']>>

async function ask({ thread, transport }: Tab, question: string): Promise<void> {
  void thread.send(question)
  await settled()
  await transport.run.push(runStart('ref'), delta('Hel'))
  await settled()
}

async function finish({ transport }: Tab): Promise<void> {
  await transport.run.push(delta('lo'), final('Hello'))
  await transport.run.end()
  await settled()
}

const said = (thread: Thread) =>
  thread.store
    .getState()
    .turns.map(({ input, runs }) => [input.query, ...runs.map((run) => [textOf(run), run.end])])

const refused = { sent: false, reason: 'another-tab' }

describe('a thread in two tabs', () => {
  it('is written by one of them: the other is told, and its send refused (F63)', async () => {
    const { tab } = browser()
    const [one, two] = [await tab(), await tab()]
    await ask(one, 'First')

    expect(two.thread.store.getState().writer).toBe('another-tab')
    expect(await two.thread.send('Second')).toEqual(refused)
    expect(two.transport.runs).toEqual([])
    expect(one.thread.store.getState().writer).toBe('here')
  })

  it('sends once where both ask in the same moment (F63)', async () => {
    const { tab } = browser()
    const [one, two] = [await tab(), await tab()]

    const results = [one.thread.send('One'), two.thread.send('Two')]
    await settled()

    expect(one.transport.runs.length + two.transport.runs.length).toBe(1)
    expect(await Promise.race(results)).toEqual(refused)
  })

  it('shows no trace of a send that was refused after all (F63)', async () => {
    const { tab, locks } = browser()
    const two = await tab()
    void locks.request('fluo:v1:user.ann:agent:current', {}, () => new Promise(() => undefined))
    await settled()

    const sending = two.thread.send('Hi')
    expect(two.thread.store.getState().status).toBe('submitted')

    expect(await sending).toEqual(refused)
    expect(two.thread.store.getState()).toMatchObject({
      turns: [],
      status: 'ready',
      activity: 'idle',
      writer: 'another-tab',
    })
  })

  it('holds no lock while nothing runs', async () => {
    const { tab, locks } = browser()
    const one = await tab()
    await ask(one, 'First')
    expect(locks.held()).toHaveLength(1)

    await finish(one)

    expect(locks.held()).toEqual([])
    for (const end of ['stop', 'reset'] as const) {
      await ask(one, 'Again')
      await one.thread[end]()
      await settled()
      expect(locks.held()).toEqual([])
    }
  })

  it('lets another tab send once an answer looks whole, though its stream is held open (F63)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { tab, storage, locks } = browser()
    const [one, two] = [await tab(), await tab()]
    await ask(one, 'First')
    await one.transport.run.push(final('Hello'))
    vi.advanceTimersByTime(1000)
    await settled()
    expect(said(two.thread)).toEqual([['First', ['Hello', 'done']]])

    await ask(two, 'Second')
    await one.transport.run.push(delta('late'))
    const [key = ''] = await storage.keys('')
    expect(JSON.parse((await storage.read(key)) ?? '')).toMatchObject({
      open: { input: { query: 'Second' }, end: null },
    })
    await finish(two)
    await one.transport.run.push(final('late'))
    await one.transport.run.end()
    vi.advanceTimersByTime(1000)
    await settled()

    for (const { thread } of [one, two]) {
      const [first, second] = said(thread)
      expect(first).toEqual(['First', ['Hellolate', 'done']])
      expect(second).toEqual(['Second', ['Hello', 'done']])
    }
    expect(locks.held()).toEqual([])
  })

  it('is handed over by a tab that closes, with the question and the thread (F63)', async () => {
    const { tab } = browser()
    const [one, two] = [await tab(), await tab()]
    await ask(one, 'First')

    one.client.dispose() // a browser frees the locks of a page that is gone
    await settled()

    expect(two.thread.store.getState()).toMatchObject({ writer: 'here', status: 'error' })
    expect(said(two.thread)).toEqual([['First', ['Hel', 'interrupted']]])
    void two.thread.send('Second')
    await settled()
    expect(two.transport.run.request).toMatchObject({
      threadRef: 'ref',
      input: { query: 'Second' },
    })
  })

  it('says nothing of an answer that another tab is still reading', async () => {
    const { tab } = browser()
    await ask(await tab(), 'First')

    const two = await tab()

    expect(two.thread.store.getState()).toMatchObject({
      isRestoring: false,
      writer: 'another-tab',
      status: 'ready',
      turns: [],
    })
  })

  it('shows in each tab what was settled in the other, once (F64)', async () => {
    const { tab } = browser()
    const [one, two] = [await tab(), await tab()]
    await ask(one, 'First')
    await finish(one)
    const [first] = two.thread.store.getState().turns
    await ask(two, 'Second')
    await finish(two)
    await ask(one, 'Third')
    await finish(one)

    const all = ['First', 'Second', 'Third'].map((query) => [query, ['Hello', 'done']])
    expect(said(one.thread)).toEqual(all)
    expect(said(two.thread)).toEqual(all)
    expect(two.thread.store.getState().turns[0]).toBe(first)
    expect(two.transport.run.request.threadRef).toBe('ref')
  })

  it('takes the error away in a tab when another one has asked again (F64)', async () => {
    const { tab } = browser()
    const one = await tab()
    await ask(one, 'First')
    await one.transport.run.fail()
    await settled()
    const two = await tab()
    expect(two.thread.store.getState().status).toBe('error')

    void one.thread.retry()
    await settled()
    await finish(one)

    expect(two.thread.store.getState()).toMatchObject({
      status: 'ready',
      error: null,
      writer: 'here',
    })
    expect(said(two.thread)).toEqual([['First', ['Hel', 'interrupted'], ['Hello', 'done']]])
  })

  it('writes nothing stale over what another tab has stored, heard of or not (F64)', async () => {
    const { tab, storage } = browser()
    const deaf = await tab({ tabs: {} })
    const one = await tab()
    await ask(one, 'First')
    await finish(one)

    void deaf.thread.send('Second')
    await settled()

    const [key = ''] = await storage.keys('')
    expect(JSON.parse((await storage.read(key)) ?? '')).toMatchObject({ threadRef: 'ref' })
  })

  it('begins anew in every tab when it is reset in one, and no old answer comes through', async () => {
    const { tab, storage } = browser()
    const [one, two] = [await tab(), await tab()]
    await ask(one, 'Old')
    await finish(one)
    await ask(one, 'Still old')

    two.thread.reset()
    await settled()
    await one.transport.run.push(final('late'))
    await settled()

    expect(one.transport.run.signal.aborted).toBe(true)
    expect(one.thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    const [key = ''] = await storage.keys('')
    expect(JSON.parse((await storage.read(key)) ?? '')).toMatchObject({
      threadRef: null,
      open: null,
    })
  })

  it.each(['open', 'quiet'])(
    'keeps what had come of an answer that was %s when another tab reset it, in a thread of its own',
    async (how) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
      const { tab, storage, transcripts } = browser()
      const [one, two] = [await tab(), await tab()]
      await ask(one, 'Old')
      const [key = ''] = await storage.keys('')
      const { id } = JSON.parse((await storage.read(key)) ?? '') as { readonly id: string }
      if (how === 'quiet') {
        await one.transport.run.push(final('Hello'))
        vi.advanceTimersByTime(1000)
        await settled()
      }

      two.thread.reset()
      await settled()
      vi.advanceTimersByTime(250)
      await settled()

      const { turns, journals } = await transcripts.load(`fluo:v1:user.ann:${id}`)
      expect(how === 'quiet' ? turns : journals).toHaveLength(1)
      const moved = one.client.thread({ agentId: 'agent', threadKey: id })
      moved.store.subscribe(() => undefined)
      await settled()
      const end = how === 'quiet' ? ['Hello', 'done'] : ['Hel', 'interrupted']
      expect(said(moved)).toEqual([['Old', end]])
      expect(moved.store.getState().status).toBe(how === 'quiet' ? 'ready' : 'error')
    },
  )

  it('refuses nothing where the browser has no locks, or may not use them', async () => {
    for (const locks of [undefined, { request: () => Promise.reject(new Error('no')) }]) {
      const { tab, channels } = browser()
      const tabs = { locks, channel: channels.channel }
      const [one, two] = [await tab({ tabs }), await tab({ tabs })]
      await ask(one, 'First')
      await ask(two, 'Second')

      expect(two.transport.runs).toHaveLength(1)
    }
  })

  it('asks for no lock where each tab has records of its own', async () => {
    const { tab, locks } = browser()
    const one = await tab({ storage: memoryStorage() })

    void one.thread.send('Hi')

    expect(one.transport.runs).toHaveLength(1)
    await settled()
    expect(locks.held()).toEqual([])
  })

  it('lets go while its page is put away, and goes on when it is brought back', async () => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    const { tab, locks } = browser()
    const one = await tab()
    await ask(one, 'First')

    page.dispatchEvent(new Event('pagehide'))
    await settled()
    expect(locks.held()).toEqual([])
    page.dispatchEvent(new Event('pageshow'))
    await settled()

    expect(locks.held()).toHaveLength(1)
    await finish(one)
    expect(said(one.thread)).toEqual([['First', ['Hello', 'done']]])
    expect(locks.held()).toEqual([])
  })
})

describe('the news between tabs', () => {
  it('hold no text and no reference, in a channel of the user alone (F65) (T30)', async () => {
    const { tab, channels } = browser()
    const one = await tab()
    await ask(one, 'a secret')
    await finish(one)
    await one.client.wipe()

    const names = new Set(channels.said.map(({ name }) => name))
    expect([...names]).toEqual(['fluo:v1:user.ann:'])
    for (const { message } of channels.said) {
      expect(JSON.stringify(message)).toMatch(
        /^\{"fluo":1,"type":("wiped"|"changed","recordId":"[0-9a-f]{32}")\}$/,
      )
    }
    expect(channels.said.length).toBeGreaterThan(2)
  })

  it.each([null, 7, 'wiped', {}, { type: 'wiped' }, { fluo: 2, type: 'wiped' }, { fluo: 1 }, [[]]])(
    'are ignored where they are none: %j (T30)',
    async (message) => {
      const { tab, channels } = browser()
      const one = await tab()

      channels.say('fluo:v1:user.ann:', message)
      await settled()
      await ask(one, 'Hi')

      expect(one.transport.runs).toHaveLength(1)
    },
  )

  it('are listened to by nobody before a thread is used, and after the client is disposed', async () => {
    const { channels, tabs, tab } = browser()
    createFluoClient({ transport: handTransport(), userScope: 'ann', tabs }).thread({
      agentId: 'a',
    })
    expect(channels.count()).toBe(0)
    const one = await tab()
    expect(channels.count()).toBe(1)

    one.client.dispose()

    expect(channels.count()).toBe(0)
  })
})

describe('FluoClient.wipe in one of two tabs', () => {
  it("leaves and forgets everything in the user's other tab, also what only that tab had (F65)", async () => {
    const { tab } = browser()
    const own = memoryStorage()
    const one = await tab()
    const two = await tab({ storage: own })
    await ask(two, 'In a tab of its own')
    const [key = ''] = await own.keys('')
    expect(key).not.toBe('')

    await one.client.wipe()
    await settled()

    expect(two.transport.run.signal.aborted).toBe(true)
    expect(two.thread.store.getState()).toMatchObject({ turns: [], status: 'ready', error: null })
    expect(two.thread.threadRef).toBeNull()
    expect(await own.keys('')).toEqual([])
    expect(await two.thread.send('Hi')).toEqual({ sent: false, reason: 'disposed' })
  })

  it('leaves nothing behind of an answer that the other tab was reading (F65)', async () => {
    const { tab, storage, transcripts } = browser()
    const [one, two] = [await tab(), await tab()]
    await ask(two, 'Hi')
    const [key = ''] = await storage.keys('')
    const { id } = JSON.parse((await storage.read(key)) ?? '') as { readonly id: string }

    await one.client.wipe()
    await two.transport.run.push(final('late'))
    await settled()

    expect(await storage.keys('')).toEqual([])
    expect(await transcripts.load(`fluo:v1:user.ann:${id}`)).toEqual({ turns: [], journals: [] })
  })

  it("touches no other user's tab (F65)", async () => {
    const { tab } = browser()
    const ann = await tab()
    const bob = await tab({ userScope: 'bob' })
    await ask(bob, 'Hi')
    expect(said(ann.thread)).toEqual([])

    await ann.client.wipe()
    await settled()
    await finish(bob)

    expect(said(bob.thread)).toEqual([['Hi', ['Hello', 'done']]])
  })
})

describe('Thread.send in one of two tabs', () => {
  it('remembers a question that was just sent while the other tabs are still being asked (F53)', async () => {
    const { tab, storage } = browser()
    const { thread, client } = await tab()
    thread.setDraft({ query: 'precious' })

    void thread.send('precious')
    thread.setDraft({ query: '' })
    const keys = storage.keys('') as readonly string[] // in this tick, before any lock is granted
    const stored = keys.map((key) => storage.read(key) as string | null)
    client.dispose() // the page is gone before any tab has answered

    expect(stored.join()).toContain('precious')
    const later = await tab()
    later.thread.draft.subscribe(() => undefined)
    const { turns } = later.thread.store.getState()
    const there = [...turns.map(({ input }) => input.query), later.thread.draft.getState()?.query]
    expect(there.filter((text) => text === 'precious')).toHaveLength(1)
  })
})
