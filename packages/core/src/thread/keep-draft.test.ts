import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { handTransport } from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClient } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const agent = { agentId: 'agent' }

/** A page on this storage: a client, as after each reload. */
function openPage(storage: ThreadStorage, userScope: string | null = null): FluoClient {
  return createFluoClient({ transport: handTransport(), userScope, storage })
}

/** What a person finds written on a page that has just been opened. */
function draftOn(page: FluoClient): unknown {
  const thread = page.thread(agent)
  thread.draft.subscribe(() => undefined)
  return thread.draft.getState()
}

describe('Thread.setDraft', () => {
  it('is there after the page is gone, with its files, from the tick in which it was written (F53)', () => {
    const storage = memoryStorage()
    const draft = { query: 'half a thou', documents: ['https://files.example/a.pdf'] }
    const thread = openPage(storage).thread(agent)
    thread.draft.subscribe(() => undefined)

    thread.setDraft(draft)

    expect(draftOn(openPage(storage))).toEqual(draft)
  })

  it('keeps what was typed while the storage is slow, below what was stored (F73)', async () => {
    const storage = memoryStorage()
    const first = openPage(storage).thread(agent)
    first.draft.subscribe(() => undefined)
    first.setDraft({ query: 'stored' })
    const thread = openPage({
      ...storage,
      read: (key) => Promise.resolve(storage.read(key)),
    }).thread(agent)
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'typed since' })
    expect(thread.draft.getState()).toEqual({ query: 'typed since' })

    await vi.runAllTimersAsync()

    expect(thread.draft.getState()).toEqual({ query: 'stored\ntyped since' })
    expect(draftOn(openPage(storage))).toEqual({ query: 'stored\ntyped since' })
  })

  it("does not empty another tab's draft with its own that is empty (F64)", () => {
    const storage = { ...memoryStorage(), isShared: true }
    const [one, two, three] = [1, 2, 3].map(() => openPage(storage).thread(agent))
    for (const thread of [one, two]) thread?.draft.subscribe(() => undefined)
    one?.setDraft({ query: 'x' })
    two?.setDraft({ query: 'of two' })

    one?.setDraft({ query: '' })
    expect(draftOn(openPage(storage))).toEqual({ query: 'of two' })

    three?.draft.subscribe(() => undefined)
    three?.setDraft({ query: '' }) // it shows what it empties
    expect(draftOn(openPage(storage))).toBeNull()
  })

  it('is not stored as empty by a tab that never had one (F64)', () => {
    const storage = { ...memoryStorage(), isShared: true }
    const [one, two] = [1, 2].map(() => openPage(storage).thread(agent))
    for (const thread of [one, two]) thread?.draft.subscribe(() => undefined)
    two?.setDraft({ query: 'of two' })
    void one?.send('Hi') // reads the record anew
    one?.setDraft({ query: '' })

    expect(draftOn(openPage(storage))).toEqual({ query: 'of two' })
  })

  it('is empty for the next page once it was emptied', () => {
    const storage = memoryStorage()
    const thread = openPage(storage).thread(agent)
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'x' })

    thread.setDraft({ query: '' })

    expect(draftOn(openPage(storage))).toBeNull()
  })

  it('lives through a send that is not its own, a reset and a failed send', async () => {
    const transport = handTransport()
    const storage = memoryStorage()
    const thread = createFluoClient({ transport, userScope: null, storage }).thread(agent)
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'my own words' })

    void thread.send('a suggestion')
    await transport.run.fail({ code: 'network' })
    thread.reset()

    expect(thread.draft.getState()).toEqual({ query: 'my own words' })
    expect(draftOn(openPage(storage))).toEqual({ query: 'my own words' })
  })

  it.each([undefined, 'typed since'])(
    'survives a reset while a slow storage is still being read, with %s below it',
    async (typed) => {
      const storage = memoryStorage()
      const transcripts = memoryTranscripts()
      const before = createFluoClient({
        transport: handTransport(),
        userScope: null,
        storage,
        transcripts,
      })
      const old = before.thread(agent)
      old.draft.subscribe(() => undefined)
      void old.send('Old question')
      await old.stop()
      old.setDraft({ query: 'stored' })
      await vi.runAllTimersAsync()
      const [key = ''] = await storage.keys('')
      const { id } = JSON.parse((await storage.read(key)) ?? '') as { readonly id: string }
      const thread = createFluoClient({
        transport: handTransport(),
        userScope: null,
        storage: { ...storage, read: (name) => Promise.resolve(storage.read(name)) },
        transcripts,
      }).thread(agent)

      thread.reset()
      if (typed !== undefined) thread.setDraft({ query: typed })
      await vi.runAllTimersAsync()

      const query = ['stored', typed].filter((text) => text !== undefined).join('\n')
      expect(thread.draft.getState()).toEqual({ query })
      expect(draftOn(openPage(storage))).toEqual({ query })
      expect(JSON.parse((await storage.read(key.replace('current', id))) ?? '')).toMatchObject({
        id,
        title: 'Old question',
        draft: null,
      })
      expect(JSON.parse((await storage.read(key)) ?? '')).toMatchObject({
        threadRef: null,
        open: null,
      })
    },
  )

  it('survives a reset before anything was read', () => {
    const storage = memoryStorage()
    const before = openPage(storage).thread(agent)
    before.draft.subscribe(() => undefined)
    before.setDraft({ query: 'kept' })

    const thread = openPage(storage).thread(agent)
    thread.reset()

    expect(thread.draft.getState()).toEqual({ query: 'kept' })
  })

  it('stores a long draft after a pause and not with each key, and no more than its cap; memory has all of it (F62)', () => {
    const storage = memoryStorage()
    const write = vi.fn<ThreadStorage['write']>((key, value) => storage.write(key, value))
    const thread = openPage({ ...storage, write }).thread(agent)
    thread.draft.subscribe(() => undefined)
    const long = 'x'.repeat(1_000_000)

    for (let key = 0; key < 50; key += 1) thread.setDraft({ query: long + 'y'.repeat(key) })
    expect(write).not.toHaveBeenCalled()
    vi.advanceTimersByTime(300)

    expect(write).toHaveBeenCalledTimes(1)
    expect(write.mock.calls[0]?.[1].length).toBeLessThan(260_000)
    expect(thread.draft.getState()?.query).toHaveLength(1_000_049)
  })

  it('stores a long draft at once when the client is disposed, and leaves no timer', () => {
    const storage = memoryStorage()
    const page = openPage(storage)
    const thread = page.thread(agent)
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'x'.repeat(6000) })

    page.dispose()

    expect(vi.getTimerCount()).toBe(0)
    expect(draftOn(openPage(storage))).toEqual({ query: 'x'.repeat(6000) })
  })

  it('is never stopped by a storage that throws, and never stops a send (F59)', async () => {
    const transport = handTransport()
    const broken = (): never => {
      throw new Error('QuotaExceededError')
    }
    const storage = { isShared: false, read: broken, write: broken, remove: broken, keys: broken }
    const thread = createFluoClient({ transport, userScope: null, storage }).thread(agent)
    thread.draft.subscribe(() => undefined)

    thread.setDraft({ query: 'x' })
    void thread.send('x')
    await vi.runAllTimersAsync()

    expect(thread.draft.getState()).toEqual({ query: 'x' })
    expect(transport.runs).toHaveLength(1)
  })

  it('forgets it when the user signs out', async () => {
    const storage = memoryStorage()
    const page = openPage(storage)
    const thread = page.thread(agent)
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'secret' })

    await page.wipe()

    expect(thread.draft.getState()).toBeNull()
    expect(storage.keys('')).toEqual([])
  })
})

describe('FluoClient.claim', () => {
  it('moves the drafts of a visitor to who has signed in, and nothing else', async () => {
    const storage = memoryStorage()
    const visitor = openPage(storage)
    const guest = visitor.thread(agent)
    guest.draft.subscribe(() => undefined)
    void guest.send('asked as a visitor')
    guest.setDraft({ query: 'typed as a visitor' })
    const user = openPage(storage, 'ada')

    await user.claim(visitor)

    const thread = user.thread(agent)
    expect(draftOn(user)).toEqual({ query: 'typed as a visitor' })
    expect(thread.store.getState().turns).toEqual([])
    expect(thread.threadRef).toBeNull()
    expect(draftOn(openPage(storage, 'ada'))).toEqual({ query: 'typed as a visitor' })
    expect(guest.draft.getState()?.query).toBe('')
  })

  it('finds drafts that only the storage knows, and puts them before what is there', async () => {
    const storage = memoryStorage()
    for (const [scope, query] of [
      [null, 'from before'],
      ['ada', 'of her own'],
    ] as const) {
      const thread = openPage(storage, scope).thread({ agentId: 'agent', threadKey: 'a:b/c' })
      thread.draft.subscribe(() => undefined)
      thread.setDraft({ query })
    }
    const user = openPage(storage, 'ada')

    await user.claim(openPage(storage))

    const thread = user.thread({ agentId: 'agent', threadKey: 'a:b/c' })
    thread.draft.subscribe(() => undefined)
    expect(thread.draft.getState()).toEqual({ query: 'of her own\nfrom before' })
    const left = openPage(storage).thread({ agentId: 'agent', threadKey: 'a:b/c' })
    left.draft.subscribe(() => undefined)
    expect(left.draft.getState()).toBeNull()
  })

  it('leaves a thread that it writes to still to be opened, with options of its own', async () => {
    const storage = memoryStorage()
    const guest = openPage(storage).thread(agent)
    guest.draft.subscribe(() => undefined)
    guest.setDraft({ query: 'x' })
    const user = openPage(storage, 'ada')
    await user.claim(openPage(storage))

    const turn = { id: 't', input: { query: 'q' }, sentAt: 1, runs: [] }
    const thread = user.thread({ ...agent, initialTurns: [turn] })

    expect(thread.store.getState().turns).toEqual([turn])
    expect(draftOn(user)).toEqual({ query: 'x' })
  })

  it.each(['at once', 'later'])(
    'loses no draft where the storage is full and says so %s (F59)',
    async (when) => {
      const storage = memoryStorage()
      const guest = openPage(storage).thread(agent)
      guest.draft.subscribe(() => undefined)
      guest.setDraft({ query: 'x' })
      const full = (): never => {
        throw new Error('QuotaExceededError')
      }
      const write = when === 'later' ? async () => full() : full
      const user = openPage({ ...storage, write }, 'ada')

      await user.claim(openPage(storage))

      expect(draftOn(openPage(storage))).toEqual({ query: 'x' })
      expect(draftOn(user)).toEqual({ query: 'x' })
    },
  )

  it('moves a draft into an open thread, stored or not', async () => {
    const storage = memoryStorage()
    const guest = openPage(storage).thread(agent)
    guest.draft.subscribe(() => undefined)
    guest.setDraft({ query: 'x' })
    const write = (): never => {
      throw new Error('QuotaExceededError')
    }
    const user = openPage({ ...storage, write }, 'ada')
    const thread = user.thread(agent)

    await user.claim(openPage(storage))

    expect(thread.draft.getState()).toEqual({ query: 'x' })
    expect(draftOn(openPage(storage))).toBeNull()
  })

  it('keeps the reference of a thread that is opened with what no storage took', async () => {
    const storage = memoryStorage()
    const guest = openPage(storage).thread(agent)
    guest.draft.subscribe(() => undefined)
    guest.setDraft({ query: 'x' })
    const write = (): never => {
      throw new Error('QuotaExceededError')
    }
    const user = openPage({ ...storage, write }, 'ada')
    await user.claim(openPage(storage))

    const thread = user.thread({ ...agent, threadRef: 'ref' })

    expect(draftOn(user)).toEqual({ query: 'x' })
    expect(thread.threadRef).toBe('ref')
  })

  it('claims nothing from itself, and never rejects', async () => {
    const storage = memoryStorage()
    const page = openPage(storage)
    const thread = page.thread(agent)
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'x' })

    await page.claim(page)
    await page.claim(
      openPage({
        ...storage,
        keys: () => {
          throw new Error('denied')
        },
      }),
    )

    expect(thread.draft.getState()).toEqual({ query: 'x' })
  })
})
