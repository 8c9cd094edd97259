import { afterEach, describe, expect, it, vi } from 'vitest'
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
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { Transcript, TranscriptStore } from '../memory/transcript-store.ts'
import { textOf } from '../thread/text-chunks.ts'
import type { ThreadRecord } from '../thread/thread-record.ts'
import type { Turn } from '../thread/thread-state.ts'
import type { Thread } from '../thread/thread.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClientOptions, ThreadOptions } from './fluo-client.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

interface Memory {
  readonly storage: ThreadStorage
  readonly transcripts: TranscriptStore
}

const memory = (): Memory => ({ storage: memoryStorage(), transcripts: memoryTranscripts() })

/** A page of a user, with what earlier pages have left. */
function open(
  left: Memory,
  options: Partial<FluoClientOptions> = {},
  threadOptions: Partial<ThreadOptions> = {},
) {
  const transport = handTransport()
  const frames = handFrames()
  const client = createFluoClient({
    transport,
    userScope: null,
    schedule: frames.schedule,
    ...left,
    ...options,
  })
  const thread = client.thread({ agentId: 'agent', ...threadOptions })
  return { client, transport, frames, thread }
}

/** A page that is restored. */
async function reopen(...args: Parameters<typeof open>) {
  const page = open(...args)
  page.thread.store.subscribe(() => undefined)
  await settled()
  return page
}

async function answer(page: ReturnType<typeof open>, question: string, text: string) {
  const sending = page.thread.send(question)
  await page.transport.run.push(runStart('ref'), delta(text), final(text))
  await page.transport.run.end()
  await sending
  await settled()
}

/** Question and answers of each turn, with how each ended. */
const said = (thread: Thread) =>
  thread.store
    .getState()
    .turns.map(({ input, runs }) => [input.query, ...runs.map((run) => [textOf(run), run.end])])

async function recordIds({ storage }: Memory): Promise<readonly string[]> {
  const keys = await storage.keys('')
  const records = await Promise.all(keys.map(async (key) => storage.read(key)))
  return keys.map((key, index) => {
    const { id } = JSON.parse(records[index] ?? '') as { readonly id: string }
    return key.split(':').slice(0, 3).join(':') + `:${id}`
  })
}

/** What is kept of the only thread there is. */
async function kept(left: Memory): Promise<Transcript> {
  const [id = ''] = await recordIds(left)
  return left.transcripts.load(id)
}

/** Lets the journal's timer, and nothing else that tests wait for, run by hand. */
function handTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
}

describe('a thread with transcripts', () => {
  it('comes back with all that was said, before it is restored', async () => {
    const left = memory()
    const first = open(left)
    await answer(first, 'One?', 'Yes, one')
    await answer(first, 'Two?', 'Yes, two')
    first.client.dispose()

    const { thread, transport } = open(left)
    const steps: unknown[] = []
    thread.store.subscribe(({ isRestoring, turns }) => steps.push([isRestoring, turns.length]))
    await settled()

    expect(steps).toEqual([[false, 2]])
    expect(said(thread)).toEqual([
      ['One?', ['Yes, one', 'done']],
      ['Two?', ['Yes, two', 'done']],
    ])
    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
    expect(transport.runs).toEqual([])
  })

  it('keeps nothing where it has none, and shows an empty thread at once', () => {
    const { thread } = open({ ...memory(), storage: memoryStorage() })

    thread.store.subscribe(() => undefined)

    expect(thread.store.getState()).toMatchObject({ isRestoring: false, turns: [] })
  })

  it('asks the store for nothing on a page that never spoke with anyone', async () => {
    const left = memory()
    const load = vi.spyOn(left.transcripts, 'load')

    await reopen(left)

    expect(load).not.toHaveBeenCalled()
  })

  it('brings back the text of an answer that was cut by a closing page, as interrupted (F53)', async () => {
    handTimers()
    const left = memory()
    const first = open(left)
    void first.thread.send('Tell me')
    await first.transport.run.push(runStart('ref'), delta('Once upon '), delta('a time'))
    vi.advanceTimersByTime(250)
    await settled()
    // The page is killed: nothing more is called.
    const second = await reopen(left)

    expect(said(second.thread)).toEqual([['Tell me', ['Once upon a time', 'interrupted']]])
    expect(second.thread.store.getState()).toMatchObject({ status: 'error', isRestoring: false })
    expect(second.thread.threadRef).toBe('ref')
  })

  it('settles what a killed page left, so that the next reload finds it whole', async () => {
    handTimers()
    const left = memory()
    const first = open(left)
    void first.thread.send('Tell me')
    await first.transport.run.push(delta('Once'))
    vi.advanceTimersByTime(250)
    await settled()
    const second = await reopen(left)

    expect(await kept(left)).toMatchObject({
      turns: [{ input: { query: 'Tell me' } }],
      journals: [],
    })
    await answer(second, 'And then?', 'The end')
    const third = await reopen(left)
    expect(said(third.thread)).toEqual([
      ['Tell me', ['Once', 'interrupted']],
      ['And then?', ['The end', 'done']],
    ])
  })

  it('writes the journal at most every 250 ms, however many events come, and no write for a delta', async () => {
    handTimers()
    const left = memory()
    const append = vi.spyOn(left.transcripts, 'append')
    const { thread, transport } = open(left)
    void thread.send('Hi')

    for (let step = 0; step < 100; step += 1) {
      await transport.run.push(delta('word '), delta('word '))
      vi.advanceTimersByTime(10)
    }
    await settled()

    expect(append.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect(append.mock.calls.length).toBeLessThanOrEqual(4)
  })

  it('writes each journal with the cursor of its last event, and nothing behind a write that failed', async () => {
    handTimers()
    const left = memory()
    const append = vi.spyOn(left.transcripts, 'append')
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(runStart('ref'), delta('a'), delta('b'))
    vi.advanceTimersByTime(250)
    await settled()
    expect((await kept(left)).journals[0]).toMatchObject({ events: [delta('ab')], cursor: '3' })

    append.mockRejectedValueOnce(new Error('no room'))
    for (const text of ['c', 'd']) {
      await transport.run.push(delta(text))
      vi.advanceTimersByTime(250)
      await settled()
    }

    // What is missing would be skipped by whoever went on behind the last cursor.
    expect((await kept(left)).journals).toMatchObject([{ events: [delta('ab')], cursor: '3' }])
  })

  it('writes with the next event where the timers of a hidden page are late', async () => {
    handTimers()
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('a'))

    const now = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => now + 1000)
    await transport.run.push(delta('b'))
    await settled()

    expect((await kept(left)).journals[0]?.events).toEqual([delta('ab')])
  })

  it('writes at once when the page is put away, and listens to it no longer than it must', async () => {
    const page = new EventTarget()
    const listeners = new Set<unknown>()
    vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
      listeners.add(listener)
      page.addEventListener(type, listener)
    })
    vi.stubGlobal('removeEventListener', (type: string, listener: () => void) => {
      listeners.delete(listener)
      page.removeEventListener(type, listener)
    })
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))

    page.dispatchEvent(new Event('pagehide'))
    await settled()
    vi.unstubAllGlobals()

    expect((await kept(left)).journals[0]?.events).toEqual([delta('Hel')])
    expect(listeners.size).toBe(0)
  })

  it('begins no second write while one is under way, and loses nothing by that', async () => {
    handTimers()
    const left = memory()
    const waiting: (() => void)[] = []
    const slow = vi.fn<TranscriptStore['append']>(async (...args) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      await left.transcripts.append(...args)
    })
    const { thread, transport } = open({
      ...left,
      transcripts: { ...left.transcripts, append: slow },
    })
    void thread.send('Hi')
    for (const text of ['a', 'b', 'c']) {
      await transport.run.push(delta(text))
      vi.advanceTimersByTime(300)
      await settled()
    }
    expect(slow).toHaveBeenCalledTimes(1)

    waiting[0]?.()
    await settled()
    waiting[1]?.()
    await settled()

    expect(slow).toHaveBeenCalledTimes(2)
    expect((await kept(left)).journals[0]?.events).toEqual([delta('a'), delta('bc')])
  })

  it('writes a turn once when its run ends, and leaves no journal of it', async () => {
    handTimers()
    const left = memory()
    const put = vi.spyOn(left.transcripts, 'put')
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(runStart('ref'), delta('Hel'))
    vi.advanceTimersByTime(250)
    await settled()
    await transport.run.push(delta('lo'), final('Hello'))
    await transport.run.end()
    vi.advanceTimersByTime(1000)
    await settled()

    expect(put).toHaveBeenCalledTimes(1)
    expect(await kept(left)).toMatchObject({ turns: [{ runs: [{ end: 'done' }] }], journals: [] })
  })

  it.each([
    ['was stopped', 'stopped'],
    ['broke off', 'interrupted'],
    ['failed', 'failed'],
  ] as const)('keeps the text of an answer that %s', async (how, end) => {
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Half an'))
    if (how === 'was stopped') await thread.stop()
    else if (how === 'broke off') await transport.run.fail()
    else await transport.run.push({ type: 'error', error: { code: 'upstream', detail: 'secret' } })
    await settled()

    const second = await reopen(left)

    expect(said(second.thread)).toEqual([['Hi', ['Half an', end]]])
    expect(JSON.stringify(await kept(left))).not.toContain('secret')
  })

  it('keeps a retried turn once, with both of its runs, in its place', async () => {
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Half'))
    await transport.run.fail()
    void thread.retry()
    await transport.run.push(delta('Whole'), final('Whole'))
    await transport.run.end()
    await settled()

    const second = await reopen(left)

    expect(said(second.thread)).toEqual([['Hi', ['Half', 'interrupted'], ['Whole', 'done']]])
  })

  it('brings back a retry that was cut beside the answer that was kept', async () => {
    handTimers()
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Half'))
    await transport.run.fail()
    void thread.retry()
    await transport.run.push(delta('Again'))
    vi.advanceTimersByTime(250)
    await settled()

    const second = await reopen(left)

    expect(said(second.thread)).toEqual([['Hi', ['Half', 'interrupted'], ['Again', 'interrupted']]])
  })

  it('keeps an answer that looks whole while its stream is held open, and what is said after that', async () => {
    handTimers()
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Hello'), final('Hello'))
    vi.advanceTimersByTime(1000)
    await settled()
    const quiet = await reopen(left)
    expect(said(quiet.thread)).toEqual([['Hi', ['Hello', 'done']]])

    await transport.run.push(delta(' and more'))
    vi.advanceTimersByTime(250)
    await settled()
    const after = await reopen(left)

    expect(said(after.thread)).toEqual([['Hi', ['Hello and more', 'interrupted']]])
  })

  it('writes the rest of the journal when the client is disposed', async () => {
    const left = memory()
    const { client, thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))

    client.dispose()
    await settled()

    expect(said((await reopen(left)).thread)).toEqual([['Hi', ['Hel', 'interrupted']]])
  })

  it('keeps each answer in the conversation that asked, whichever is shown (F48)', async () => {
    const left = memory()
    const page = open(left, {}, { threadKey: 'one' })
    const other = page.client.thread({ agentId: 'agent', threadKey: 'two' })
    void page.thread.send('First?')
    const run = page.transport.run
    void other.send('Second?')
    await run.push(delta('First'), final('First'))
    await page.transport.run.push(delta('Second'), final('Second'))
    await run.end()
    await page.transport.run.end()
    await settled()

    const one = await reopen(left, {}, { threadKey: 'one' })
    const two = await reopen(left, {}, { threadKey: 'two' })

    expect(said(one.thread)).toEqual([['First?', ['First', 'done']]])
    expect(said(two.thread)).toEqual([['Second?', ['Second', 'done']]])
  })

  it('writes no thread reference into a transcript', async () => {
    handTimers()
    const left = memory()
    const { thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(runStart('the-ref'), { ...delta('a'), threadRef: 'the-ref' } as never)
    vi.advanceTimersByTime(250)
    await settled()
    const journal = await kept(left)
    await transport.run.push(final('a'))
    await transport.run.end()
    await settled()

    expect(journal.journals[0]?.events).toEqual([delta('a')])
    expect(JSON.stringify([journal, await kept(left)])).not.toContain('the-ref')
  })

  it('goes on below what is kept when it is sent to before that has been read', async () => {
    const left = memory()
    await answer(open(left), 'One?', 'One')
    const { thread, transport } = open(left)

    void thread.send('Two?')
    expect(transport.run.request.threadRef).toBe('ref')
    await transport.run.push(delta('Tw'))
    await settled()

    expect(thread.store.getState()).toMatchObject({ isRestoring: false, status: 'streaming' })
    expect(thread.store.getState().turns.map(({ input }) => input.query)).toEqual(['One?', 'Two?'])
  })

  it('shows the turns that the application gave, and of its own only the open one', async () => {
    handTimers()
    const left = memory()
    const first = open(left)
    await answer(first, 'One?', 'One')
    void first.thread.send('Two?')
    await first.transport.run.push(delta('Tw'))
    vi.advanceTimersByTime(250)
    await settled()
    const given: Turn = { id: 'of-the-app', input: { query: 'One?' }, sentAt: 1, runs: [] }

    const second = await reopen(left, {}, { initialTurns: [given] })

    expect(said(second.thread)).toEqual([['One?'], ['Two?', ['Tw', 'interrupted']]])
    expect(second.thread.store.getState().turns[0]).toBe(given)
  })

  it.each<[string, TranscriptStore['put'], string]>([
    [
      'hangs: nobody knows then whether it is whole',
      () => new Promise(() => undefined),
      'interrupted',
    ],
    ['fails: its journal is whole', () => Promise.reject(new Error('full')), 'done'],
  ])('brings an answer back, once, whose last write %s (F53)', async (_, put, end) => {
    handTimers()
    const left = memory()
    const page = open({ ...left, transcripts: { ...left.transcripts, put } })
    void page.thread.send('Tell me')
    await page.transport.run.push(runStart('ref'), delta('Once'))
    if (end === 'interrupted') vi.advanceTimersByTime(250) // else what no journal has yet is written now
    await page.transport.run.push(final('Once'))
    await page.transport.run.end()
    await settled()

    const second = await reopen(left)

    expect(said(second.thread)).toEqual([['Tell me', ['Once', end]]])
    expect(second.thread.store.getState().status).toBe(end === 'done' ? 'ready' : 'error')
    expect(said((await reopen(left)).thread)).toEqual([['Tell me', ['Once', end]]])
  })

  it('names an open turn in its record until the turn is kept, and its own alone', async () => {
    const left = memory()
    const waiting: (() => void)[] = []
    const put: TranscriptStore['put'] = async (...args) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      await left.transcripts.put(...args)
    }
    const page = open({ ...left, transcripts: { ...left.transcripts, put } })
    const named = async () => {
      const [key = ''] = await left.storage.keys('')
      return (JSON.parse((await left.storage.read(key)) ?? '') as ThreadRecord).open
    }
    await answer(page, 'One?', 'One')
    expect(await named()).toMatchObject({ input: { query: 'One?' }, end: 'done' })

    void page.thread.send('Two?')
    waiting[0]?.()
    await settled()
    expect(await named()).toMatchObject({ input: { query: 'Two?' }, end: null })
    await page.transport.run.push(final('Two'))
    await page.transport.run.end()
    waiting[1]?.()
    await settled()

    expect(await named()).toBeNull()
  })

  it('does not call a run over that spoke again while its whole answer was being kept', async () => {
    handTimers()
    const left = memory()
    const waiting: (() => void)[] = []
    const put: TranscriptStore['put'] = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    const page = open({ ...left, transcripts: { ...left.transcripts, put } })
    void page.thread.send('Hi')
    await page.transport.run.push(delta('Hello'), final('Hello'))
    vi.advanceTimersByTime(1000)
    await settled()
    await page.transport.run.push(delta(' and more'))
    waiting[0]?.()
    await settled()

    const [key = ''] = await left.storage.keys('')
    expect(JSON.parse((await left.storage.read(key)) ?? '')).toMatchObject({ open: { end: null } })
  })

  it('keeps the conversation that a reset leaves beside the new one', async () => {
    const left = memory()
    const first = open(left)
    await answer(first, 'Old?', 'Old')
    const before = await recordIds(left)
    first.thread.reset()
    await answer(first, 'New?', 'New')

    expect(said((await reopen(left)).thread)).toEqual([['New?', ['New', 'done']]])
    expect((await left.transcripts.load(before[0] ?? '')).turns).toMatchObject([
      { input: { query: 'Old?' } },
    ])
  })
})

describe('a transcript that makes no sense', () => {
  const nonsense: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['text', 'turns'],
    ['no lists', { turns: 'x', journals: 7 }],
    [
      'turns that are none',
      { turns: [null, 7, 'x', {}, { id: 1 }, []], journals: [null, {}, 'x'] },
    ],
    [
      'turns that are half there',
      {
        turns: [
          { id: 'a', sentAt: 1, input: { query: 'Kept' }, runs: [{ id: 'r', messages: [{}] }] },
          { id: 'b', sentAt: 'x', input: {}, runs: [] },
          { id: 'c', sentAt: 1, input: { query: 'No runs' }, runs: {} },
          { id: 'd', sentAt: 1, input: { query: 'Kept, too' }, runs: [{ id: 's', messages: [] }] },
        ],
        journals: [
          null,
          { runId: 'r', events: 7 },
          { runId: 's', events: [{ type: 'no-such' }, null] },
        ],
      },
    ],
  ]

  it.each(nonsense)('%s: is left out, and the thread works (F61)', async (_, value) => {
    const left = memory()
    await answer(open(left), 'One?', 'One')
    const transcripts = { ...left.transcripts, load: async () => value as Transcript }

    const { thread, transport } = await reopen({ ...left, transcripts })
    void thread.send('Next')

    expect(thread.store.getState().isRestoring).toBe(false)
    expect(transport.run.request.input.query).toBe('Next')
    expect(thread.store.getState().turns.every(({ input }) => input.query !== '')).toBe(true)
  })
})

describe('a store of transcripts that fails', () => {
  const rejects = (): Promise<never> => Promise.reject(new DOMException('no', 'QuotaExceededError'))
  const throws = (): never => {
    throw new Error('no database here')
  }
  const hangs = (): Promise<never> => new Promise(() => undefined)

  it.each([
    ['is full (F59)', rejects],
    ['throws (F60)', throws],
    ['never answers (F60)', hangs],
  ])('that %s stops no send and no restoring, and is silent', async (_, call) => {
    handTimers()
    const left = memory()
    await answer(open(left), 'One?', 'One')
    const log = vi.spyOn(console, 'error')
    const broken = { load: call, put: call, append: call, remove: call, clear: call }

    const page = await reopen({ ...left, transcripts: broken })
    vi.advanceTimersByTime(2000)
    expect(page.thread.store.getState()).toMatchObject({ isRestoring: false, status: 'ready' })
    const sending = page.thread.send('Two?')
    await page.transport.run.push(delta('Two'))
    vi.advanceTimersByTime(300)
    await page.transport.run.push(final('Two'))
    await page.transport.run.end()

    expect(await sending).toMatchObject({ sent: true, end: 'done' })
    page.thread.reset()
    await settled()
    expect(log).not.toHaveBeenCalled()
  })

  it('shows what is kept once it is there, where it is late', async () => {
    handTimers()
    const left = memory()
    await answer(open(left), 'One?', 'One')
    let bring: () => void = () => undefined
    const late = new Promise<void>((resolve) => (bring = resolve))
    const load: TranscriptStore['load'] = async (id) => {
      await late
      return left.transcripts.load(id)
    }
    const { thread } = await reopen({ ...left, transcripts: { ...left.transcripts, load } })
    vi.advanceTimersByTime(2000)
    expect(thread.store.getState()).toMatchObject({ isRestoring: false, turns: [] })

    bring()
    await settled()

    expect(said(thread)).toEqual([['One?', ['One', 'done']]])
  })

  it('loses no text of an answer that was asked again before it was there', async () => {
    handTimers()
    const left = memory()
    const first = open(left)
    void first.thread.send('Hi')
    await first.transport.run.push(delta('Half'))
    vi.advanceTimersByTime(250)
    await settled()
    let bring: () => void = () => undefined
    const late = new Promise<void>((resolve) => (bring = resolve))
    const load: TranscriptStore['load'] = async (id) => {
      const loaded = await left.transcripts.load(id)
      await late
      return loaded
    }
    const page = await reopen({ ...left, transcripts: { ...left.transcripts, load } })
    vi.advanceTimersByTime(2000)
    void page.thread.retry()
    bring()
    await settled()
    await page.transport.run.push(delta('Whole'), final('Whole'))
    await page.transport.run.end()
    await settled()

    const runs = [
      ['Half', 'interrupted'],
      ['Whole', 'done'],
    ]
    expect(said(page.thread)).toEqual([['Hi', ...runs]])
    expect(said((await reopen(left)).thread)).toEqual([['Hi', ...runs]])
  })

  it('tells the developer once', async () => {
    vi.stubEnv('NODE_ENV', 'development')
    const tell = vi.spyOn(console, 'warn').mockReturnValue()
    const broken = { load: rejects, put: rejects, append: rejects, remove: rejects, clear: rejects }
    const page = open({ ...memory(), transcripts: broken })

    await answer(page, 'One?', 'One')
    await answer(page, 'Two?', 'Two')
    vi.unstubAllEnvs()

    expect(tell.mock.calls.map(([sentence]) => sentence)).toEqual([
      'Fluokit: a transcript could not be read or written. The conversation goes on without it.',
    ])
  })
})

describe('FluoClient.wipe with transcripts', () => {
  it("removes all of this user's, also of threads that were never opened, and no one else's (F65)", async () => {
    const left = memory()
    const ann = open(left, { userScope: 'ann' })
    await answer(ann, 'Ann?', 'Ann')
    const other = open(left, { userScope: 'ann' }, { threadKey: 'other' })
    await answer(other, 'Ann too?', 'Ann')
    await answer(open(left, { userScope: 'bob' }), 'Bob?', 'Bob')
    const ids = await recordIds(left)

    await open(left, { userScope: 'ann' }).client.wipe()

    const counts = await Promise.all(
      ids.map(async (id) => [id.split(':')[2], (await left.transcripts.load(id)).turns.length]),
    )
    expect(counts).toEqual([
      ['user.ann', 0],
      ['user.ann', 0],
      ['user.bob', 1],
    ])
  })

  it('lets nothing be written after it, not by a run that was open (F65)', async () => {
    handTimers()
    const left = memory()
    const { client, thread, transport } = open(left)
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))
    const [id = ''] = await recordIds(left)

    const wiping = client.wipe()
    vi.advanceTimersByTime(500)
    await wiping
    await settled()

    expect(await left.transcripts.load(id)).toEqual({ turns: [], journals: [] })
  })

  it('never rejects', async () => {
    const left = memory()
    const clear = (): Promise<never> => Promise.reject(new Error('blocked'))

    const { client } = open({ ...left, transcripts: { ...left.transcripts, clear } })

    await expect(client.wipe()).resolves.toBeUndefined()
  })

  it('is done although a store never answers', async () => {
    handTimers()
    const left = memory()
    await answer(open(left), 'One?', 'One')
    const hangs = (): Promise<never> => new Promise(() => undefined)
    const { client } = await reopen({
      ...left,
      transcripts: { ...left.transcripts, load: hangs, clear: hangs },
    })

    const wiping = client.wipe()
    await vi.advanceTimersByTimeAsync(1000)
    await settled()
    await vi.advanceTimersByTimeAsync(2000)

    await expect(wiping).resolves.toBeUndefined()
    expect(await left.storage.keys('')).toEqual([])
  })
})
