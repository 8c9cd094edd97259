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
import { textOf } from '../thread/text-chunks.ts'
import type { Thread } from '../thread/thread.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClient, FluoClientOptions } from './fluo-client.ts'

interface Page {
  readonly client: FluoClient
  readonly transport: HandTransport
  readonly thread: Thread
}

function openPage(options: Partial<FluoClientOptions> = {}): Page {
  const transport = handTransport({ canResume: true })
  const given = {
    transport,
    userScope: 'ann',
    storage: memoryStorage(),
    tabs: {},
    schedule: handFrames().schedule,
    ...options,
  }
  const client = createFluoClient(given)
  return {
    client,
    transport: given.transport as HandTransport,
    thread: client.thread({ agentId: 'agent' }),
  }
}

async function answer({ transport }: Page, thread: Thread, query: string): Promise<void> {
  void thread.send(query)
  await settled()
  await transport.run.push(runStart(`ref of ${query}`), final(`It: ${query}`))
  await transport.run.end('done')
}

function listed(client: FluoClient): readonly (readonly [string | null, boolean])[] {
  return client.threads.getState().map(({ title, isRunning }) => [title, isRunning] as const)
}

/** The thread in the list with this title, as a person opens it. */
function find(client: FluoClient, title: string): Thread {
  const name = client.threads.getState().find((summary) => summary.title === title)
  if (name === undefined) throw new Error('It is not in the list.')
  const thread = client.thread({ agentId: name.agentId, threadKey: name.threadKey })
  thread.store.subscribe(() => undefined)
  return thread
}

function said({ store }: Thread): readonly (readonly [string, string, string | null])[] {
  return store
    .getState()
    .turns.flatMap(({ input, runs }) =>
      runs.map((run) => [input.query, textOf(run), run.end] as const),
    )
}

afterEach(() => void vi.useRealTimers())

describe('Thread.reset, and the conversation that it leaves', () => {
  it('has it in the list under a key of its own, with its turns as they were and its reference', async () => {
    const page = openPage()
    page.client.threads.subscribe(() => undefined)
    await answer(page, page.thread, 'Old?')
    page.thread.setDraft({ query: 'Typed' })
    const { turns } = page.thread.store.getState()

    page.thread.reset()

    expect(page.thread.store.getState().turns).toEqual([])
    expect(page.thread.draft.getState()).toEqual({ query: 'Typed' })
    expect(listed(page.client)).toEqual([['Old?', false]])
    const old = find(page.client, 'Old?')
    expect(old).not.toBe(page.thread)
    expect(old.store.getState().turns[0]).toBe(turns[0])
    expect(old.draft.getState()).toBeNull()
    await answer(page, old, 'And?')
    expect(page.transport.run.request.threadRef).toBe('ref of Old?')
    await answer(page, page.thread, 'New?')
    expect(page.transport.run.request.threadRef).toBeNull()
    expect(listed(page.client).map(([title]) => title)).toHaveLength(2)
  })

  it('brings it back after a reload, beside the new one', async () => {
    const left = { storage: memoryStorage(), transcripts: memoryTranscripts() }
    const before = openPage(left)
    for (const query of ['One?', 'Two?', 'Three?']) {
      await answer(before, before.thread, query)
      before.thread.reset()
    }
    await answer(before, before.thread, 'Four?')

    const page = openPage(left)
    page.client.threads.subscribe(() => undefined)
    await settled()

    expect(listed(page.client).map(([title]) => title)).toHaveLength(4)
    for (const query of ['One?', 'Two?', 'Three?', 'Four?']) {
      const thread = find(page.client, query)
      // oxlint-disable-next-line no-await-in-loop -- a person opens one after the other
      await settled()
      expect(said(thread)).toEqual([[query, `It: ${query}`, 'done']])
      expect(thread.threadRef).toBe(`ref of ${query}`)
    }
  })

  it('lists nothing of a thread in which nothing was asked', async () => {
    const { client, thread } = openPage()
    client.threads.subscribe(() => undefined)
    thread.setDraft({ query: 'Typed' })

    thread.reset()
    thread.reset()
    await settled()

    expect(listed(client)).toEqual([])
  })

  it.each([true, false])(
    'goes on with a run that is open, each event once, where messages are kept: %s',
    async (isKept) => {
      const page = openPage(isKept ? { transcripts: memoryTranscripts() } : {})
      page.client.threads.subscribe(() => undefined)
      void page.thread.send('Old?')
      await settled()
      await page.transport.run.push(runStart('ref'), delta('Hel'))

      page.thread.reset()
      expect(listed(page.client)).toEqual([['Old?', true]])
      await settled()
      expect(listed(page.client)).toEqual([['Old?', true]])
      void page.thread.send('New?')
      await settled()
      expect(listed(page.client)).toContainEqual(['Old?', true])
      expect(page.transport.resumes).toHaveLength(1)
      const { call } = page.transport.resumed
      const again = call.after === null ? [runStart('ref'), delta('Hel')] : []
      await page.transport.resumed.push(...again, delta('lo'), final('Hello'))
      await page.transport.resumed.end('done')

      expect(listed(page.client)).toContainEqual(['Old?', false])
      expect(said(find(page.client, 'Old?'))).toEqual([['Old?', 'Hello', 'done']])
      expect(page.transport.runs).toHaveLength(2)
      expect(page.thread.store.getState().turns).toMatchObject([{ input: { query: 'New?' } }])
    },
  )

  it('shows a run as it was left where it cannot be found again', async () => {
    const storage = memoryStorage()
    const page = openPage({ storage, transport: handTransport() })
    page.client.threads.subscribe(() => undefined)
    void page.thread.send('Old?')
    await page.transport.run.push(runStart('ref'), delta('Hel'))

    page.thread.reset()

    expect(listed(page.client)).toEqual([['Old?', false]])
    expect(said(find(page.client, 'Old?'))).toEqual([['Old?', 'Hel', 'interrupted']])
    const later = openPage({ storage, transport: handTransport() })
    later.client.threads.subscribe(() => undefined)
    await settled()
    expect(listed(later.client)).toEqual([['Old?', false]])
    expect(said(find(later.client, 'Old?'))).toEqual([['Old?', '', 'interrupted']])
  })

  it('keeps the attempts before a run that is open', async () => {
    const page = openPage()
    void page.thread.send('Old?')
    await page.transport.run.push({ type: 'error', error: { code: 'upstream' } })
    void page.thread.retry()
    await page.transport.run.push(delta('Hel'))

    page.thread.reset()
    await settled()
    await page.transport.resumed.push(delta('Hel'), final('Hello'))
    await page.transport.resumed.end('done')

    expect(said(find(page.client, 'Old?'))).toEqual([
      ['Old?', '', 'failed'],
      ['Old?', 'Hello', 'done'],
    ])
  })

  it('keeps a question that was stopped before anything was read', async () => {
    const records = memoryStorage()
    const read = async (key: string): Promise<string | null> => {
      const text = await records.read(key)
      await settled()
      return text
    }
    const left = { storage: { ...records, read }, transcripts: memoryTranscripts() }
    const before = openPage({ ...left, storage: records })
    await answer(before, before.thread, 'One?')
    const page = openPage(left)
    void page.thread.send('Two?')
    void page.thread.stop()

    page.thread.reset()
    await settled()
    await settled()

    const later = openPage(left)
    later.client.threads.subscribe(() => undefined)
    await settled()
    await settled()
    expect(listed(later.client).map(([title]) => title)).toEqual(['Two?', 'One?'])
    expect(page.transport.runs).toHaveLength(0)
  })

  it('moves it on to another key when the thread that keeps it is reset as well', async () => {
    const storage = memoryStorage()
    const page = openPage({ storage })
    page.client.threads.subscribe(() => undefined)
    await answer(page, page.thread, 'One?')
    page.thread.reset()
    const one = find(page.client, 'One?')
    one.reset()
    await answer(page, one, 'Two?')
    find(page.client, 'One?').reset()
    one.reset()
    find(page.client, 'Two?').reset()

    expect(
      listed(page.client)
        .map(([title]) => title)
        .toSorted((one, other) => String(one).localeCompare(String(other))),
    ).toEqual(['One?', 'Two?'])
    const keys = await storage.keys('')
    const records = await Promise.all(
      keys.map(async (key) => JSON.parse((await storage.read(key)) ?? '') as { id: string }),
    )
    expect(new Set(records.map(({ id }) => id)).size).toBe(keys.length)
  })

  it('keeps the name that a person gave it, and none for the new one', async () => {
    const page = openPage()
    page.client.threads.subscribe(() => undefined)
    await answer(page, page.thread, 'Old?')
    await page.client.renameThread(page.thread, 'My own')
    page.thread.reset()
    await answer(page, page.thread, 'New?')

    expect(listed(page.client).map(([title]) => title)).toEqual(
      expect.arrayContaining(['New?', 'My own']),
    )
  })

  it('shows it in other tabs, which see the reset', async () => {
    const { tab } = oneBrowser()
    const [one, two] = [await tab(), await tab()]
    one.client.threads.subscribe(() => undefined)
    await answer(two, two.thread, 'Old?')

    two.thread.reset()
    await settled()

    expect(one.thread.store.getState().turns).toEqual([])
    expect(listed(one.client)).toEqual([['Old?', false]])
    const old = find(one.client, 'Old?')
    await settled()
    expect(said(old)).toEqual([['Old?', 'It: Old?', 'done']])
    one.thread.reset()
    await settled()
    expect(listed(two.client)).toEqual([['Old?', false]])
  })

  it('is one when two tabs reset it at once', async () => {
    const { tab, storage } = oneBrowser()
    const [one, two] = [await tab(), await tab()]
    one.client.threads.subscribe(() => undefined)
    await answer(two, two.thread, 'Old?')
    two.thread.reset()
    one.thread.reset()
    await settled()

    expect(listed(one.client)).toEqual([['Old?', false]])
    expect(await storage.keys('')).toHaveLength(2)
  })

  it('goes with a wipe, of which nothing is left', async () => {
    const left = { storage: memoryStorage(), transcripts: memoryTranscripts() }
    const page = openPage(left)
    page.client.threads.subscribe(() => undefined)
    await answer(page, page.thread, 'One?')
    page.thread.reset()
    void page.thread.send('Two?')
    await page.transport.run.push(delta('Hel'))
    page.thread.reset()
    const open = find(page.client, 'Two?')

    await page.client.wipe()
    await settled()

    expect(await left.storage.keys('')).toEqual([])
    expect(listed(page.client)).toEqual([])
    expect(open.store.getState().turns).toEqual([])
  })

  it('leaves nothing where it is reset by whoever sees a wipe', async () => {
    const storage = memoryStorage()
    const page = openPage({ storage })
    await answer(page, page.thread, 'One?')
    const unsubscribe = page.thread.store.subscribe(() => {
      unsubscribe()
      page.thread.reset()
    })

    await page.client.wipe()
    await settled()

    expect(listed(page.client)).toEqual([])
    expect(await storage.keys('')).toEqual([])
  })

  it('stays with the visitor who signs in: only the draft is taken over', async () => {
    const storage = memoryStorage()
    const visitor = openPage({ storage, userScope: null })
    await answer(visitor, visitor.thread, 'Old?')
    visitor.thread.reset()
    visitor.thread.setDraft({ query: 'Typed' })
    const page = openPage({ storage })
    page.client.threads.subscribe(() => undefined)

    await page.client.claim(visitor.client)
    await settled()

    expect(page.thread.draft.getState()).toEqual({ query: 'Typed' })
    expect(listed(page.client)).toEqual([])
    expect(await storage.keys('fluo:v1:user.ann:')).toHaveLength(1)
  })
})
