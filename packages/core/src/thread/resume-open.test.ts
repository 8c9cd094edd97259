import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  fault,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
  type HandTransport,
} from '../__fixtures__/hand-transport.ts'
import { oneBrowser } from '../__fixtures__/one-browser.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClient, FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import { textOf } from './text-chunks.ts'
import { parseThreadRecord, type ThreadRecord } from './thread-record.ts'
import type { Thread } from './thread.ts'
import type { Run, ThreadState } from './thread-state.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

interface Page {
  readonly transport: HandTransport
  readonly client: FluoClient
  readonly thread: Thread
  readonly state: () => ThreadState
  readonly run: () => Run | undefined
  readonly text: () => string
}

/** The pages of one tab, one after the other. */
function oneTab(shared: Partial<FluoClientOptions> = {}) {
  const storage = memoryStorage()
  return {
    record: (): ThreadRecord | null => {
      const [key = ''] = storage.keys('') as readonly string[]
      return parseThreadRecord(storage.read(key) as string | null)
    },
    open(options: Partial<FluoClientOptions> = {}): Page {
      const transport = handTransport({ canResume: true })
      const client = createFluoClient({
        transport,
        userScope: null,
        storage,
        schedule: handFrames().schedule,
        random: () => 0,
        ...shared,
        ...options,
      })
      const thread = client.thread({ agentId: 'agent', whenBusy: 'queue' })
      const state = thread.store.getState
      const run = () => state().turns.at(-1)?.runs.at(-1)
      const text = () => textOf(run() ?? { id: '', messages: [], end: null, error: null })
      return { transport, client, thread, state, run, text }
    },
  }
}

type Tab = ReturnType<typeof oneTab>

/** A page that asked, was told this much, and is gone. */
async function leave(tab: Tab, ...texts: readonly string[]): Promise<string> {
  const page = tab.open()
  void page.thread.send('Hi')
  await settled()
  if (texts.length > 0) await page.transport.run.push(runStart('ref'), ...texts.map(delta))
  page.client.dispose()
  await settled()
  return page.transport.run.request.runId
}

/** The page after it, restored. */
async function reload(tab: Tab, options: Partial<FluoClientOptions> = {}): Promise<Page> {
  const page = tab.open(options)
  page.thread.store.subscribe(() => undefined)
  await settled()
  return page
}

describe('a thread whose page was left in the middle of an answer', () => {
  it('goes on by itself behind the text that was kept, and asks for nothing (F53)', async () => {
    const onEvent = vi.fn<() => void>()
    const onRunEnd = vi.fn<() => void>()
    const tab = oneTab({ transcripts: memoryTranscripts() })
    const runId = await leave(tab, 'Hel')

    const { transport, thread, state, run, text } = await reload(tab, { onEvent, onRunEnd })

    expect(state()).toMatchObject({
      status: 'streaming',
      activity: 'resuming',
      isRestoring: false,
      error: null,
      turns: [{ input: { query: 'Hi' } }],
    })
    expect(text()).toBe('Hel')
    expect(transport.resumed.call).toEqual({ runId, agentId: 'agent', after: '2' })
    await transport.resumed.push(delta('lo'), final('Hello'))
    expect(state()).toMatchObject({ status: 'streaming', activity: 'open' })
    await transport.resumed.end('done')
    expect(text()).toBe('Hello')
    expect(run()).toMatchObject({ id: runId, end: 'done' })
    expect(state()).toMatchObject({ status: 'ready', activity: 'idle' })
    expect(onEvent.mock.calls.map(([event]: readonly unknown[]) => event)).toEqual([
      delta('lo'),
      final('Hello'),
    ])
    expect(onRunEnd).toHaveBeenCalledTimes(1)
    expect(thread.threadRef).toBe('ref')
    expect(transport.runs).toHaveLength(0)
    expect(transport.resumes).toHaveLength(1)
  })

  it('reads the whole answer where no text was kept', async () => {
    const tab = oneTab()
    await leave(tab, 'Hel')

    const { transport, state, text } = await reload(tab)

    expect(state()).toMatchObject({ status: 'streaming', activity: 'resuming' })
    expect(transport.resumed.call.after).toBeNull()
    await transport.resumed.push(runStart('ref'), delta('Hel'), delta('lo'), final('Hello'))
    await transport.resumed.end('done')
    expect(text()).toBe('Hello')
  })

  it('goes on again and again, with each text once', async () => {
    const transcripts = memoryTranscripts()
    const tab = oneTab({ transcripts })
    await leave(tab, 'One ')
    for (const word of ['two ', 'three ']) {
      const page = await reload(tab)
      await page.transport.resumed.push(delta(word))
      page.client.dispose()
    }

    const { transport, text } = await reload(tab)

    expect(text()).toBe('One two three ')
    expect(transport.resumed.call.after).toBe('4')
  })

  it('is submitted, and in time unknown, where nothing ever came of the run', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab)
    const { transport, state, run } = await reload(tab)
    expect(state()).toMatchObject({ status: 'submitted', activity: 'resuming' })

    for (const delay of [500, 1000, 2000, 4000]) {
      await transport.resumed.fail()
      vi.advanceTimersByTime(delay)
      await settled()
    }

    expect(run()?.end).toBe('unknown')
    expect(state()).toMatchObject({ status: 'error', activity: 'idle' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    [['Hel'], 'interrupted', 'Hel'],
    [[], 'unknown', ''],
  ] as const)(
    'is at once as it was left, and stays so, where nobody knows its run any more: after %j %s (F79)',
    async (texts, how, kept) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
      const tab = oneTab({ transcripts: memoryTranscripts() })
      await leave(tab, ...texts)
      vi.advanceTimersByTime(10_000)
      const { transport, client, state, run, text } = await reload(tab)

      await transport.resumed.fail(fault({ code: 'empty', status: 204 }))

      expect(run()).toMatchObject({ end: how, error: null })
      expect(text()).toBe(kept)
      expect(state()).toMatchObject({
        status: 'error',
        activity: 'idle',
        error: { code: 'network' },
      })
      client.dispose()
      const after = await reload(tab)
      expect(after.run()?.end).toBe(how)
      expect(after.text()).toBe(kept)
      expect(after.transport.resumes).toHaveLength(0)
    },
  )

  it.each([0, 1])(
    'is looked for twice more, within a few seconds, where it was asked for just now (retries: %i)',
    async (retries) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
      const tab = oneTab()
      const page = tab.open()
      void page.thread.send('Hi')
      await settled()
      for (let count = 0; count < retries; count += 1) {
        vi.advanceTimersByTime(60_000)
        await page.transport.run.fail(fault({ code: 'invalid', status: 422 }))
        void page.thread.retry()
        await settled()
      }
      page.client.dispose()
      const notFound = fault({ code: 'empty', status: 204 })
      const first = await reload(tab)

      await first.transport.resumed.fail(notFound)
      expect(first.state()).toMatchObject({ status: 'submitted', activity: 'resuming' })
      vi.advanceTimersByTime(500)
      await settled()
      await first.transport.resumed.fail(notFound)
      first.client.dispose()
      const second = await reload(tab)
      for (const delay of [500, 1000, 0]) {
        await second.transport.resumed.fail(notFound)
        vi.advanceTimersByTime(delay)
        await settled()
      }

      expect(first.transport.resumes).toHaveLength(2)
      expect(second.transport.resumes).toHaveLength(3)
      expect(second.run()).toMatchObject({ end: 'unknown', error: null })
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it('is answered where the server had not noted it before the page was reloaded', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
    const tab = oneTab()
    await leave(tab)
    const { transport, run, text } = await reload(tab)
    await transport.resumed.fail(fault({ code: 'empty', status: 204 }))

    vi.advanceTimersByTime(500)
    await settled()
    await transport.resumed.push(runStart('ref'), final('Hello'))
    await transport.resumed.end('done')

    expect(run()?.end).toBe('done')
    expect(text()).toBe('Hello')
    expect(transport.runs).toHaveLength(0)
  })

  it.each(['done', 'stopped'] as const)('is not gone on with once it is %s', async (how) => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    const page = tab.open()
    void page.thread.send('Hi')
    await page.transport.run.push(runStart('ref'), final('Hello'))
    if (how === 'stopped') await page.thread.stop()
    else await page.transport.run.end('done')
    page.client.dispose()

    const { transport, run } = await reload(tab)

    expect(run()?.end).toBe(how)
    expect(transport.resumes).toHaveLength(0)
  })

  it('is as it was left where the transport cannot resume', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab, 'Hel')

    const { state, run, text } = await reload(tab, { transport: handTransport() })

    expect(run()?.end).toBe('interrupted')
    expect(text()).toBe('Hel')
    expect(state()).toMatchObject({ status: 'error', activity: 'idle' })
  })

  it('takes no other turn meanwhile, and goes on with what is queued when it is whole', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab, 'Hel')
    const { transport, thread, client, state } = await reload(tab)
    const other = client.thread({ agentId: 'agent' })

    const queued = thread.send('And then?')
    expect(other).toBe(thread)
    expect(state().queued).toMatchObject([{ input: { query: 'And then?' } }])
    expect(await thread.retry()).toEqual({ sent: false, reason: 'busy' })
    await transport.resumed.push(final('Hello'))
    await transport.resumed.end('done')

    expect(transport.run.request).toMatchObject({ input: { query: 'And then?' }, threadRef: 'ref' })
    await transport.run.push(final('Yes'))
    await transport.run.end('done')
    expect(await queued).toMatchObject({ sent: true, end: 'done' })
    expect(state().turns.map(({ input }) => input.query)).toEqual(['Hi', 'And then?'])
  })

  it('is stopped here and at the server, also while it is being looked for', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    const runId = await leave(tab, 'Hel')
    const { transport, thread, client, run, state } = await reload(tab)

    await thread.stop()

    expect(transport.stopped).toEqual([{ runId, agentId: 'agent', after: '2' }])
    expect(run()?.end).toBe('stopped')
    expect(state()).toMatchObject({ status: 'ready', activity: 'idle' })
    await settled()
    client.dispose()
    expect((await reload(tab)).transport.resumes).toHaveLength(0)
  })

  it('can be stopped by whoever sees it go on', async () => {
    const tab = oneTab()
    await leave(tab, 'Hel')
    const { thread, transport, run } = tab.open()
    thread.store.subscribe(({ activity }) => {
      if (activity === 'resuming') void thread.stop()
    })
    await settled()

    expect(run()?.end).toBe('stopped')
    expect(transport.stopped).toHaveLength(1)
    expect(transport.resumes).toHaveLength(0)
  })

  it('gives way to a question that is sent before it was read', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab, 'Hel')
    const { transport, thread, state } = tab.open()

    void thread.send('Something else')
    await settled()

    expect(transport.resumes).toHaveLength(0)
    expect(transport.run.request.input.query).toBe('Something else')
    expect(state().turns.map(({ input }) => input.query)).toEqual(['Hi', 'Something else'])
  })

  it('is gone on with behind a reset, in the thread that keeps it', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab, 'Hel')
    const { transport, thread, client } = await reload(tab)

    thread.reset()
    await settled()

    expect(transport.resumes.map(({ signal }) => signal.aborted)).toEqual([true, false])
    expect(transport.runs).toHaveLength(0)
    expect(client.threads.getState()).toMatchObject([{ title: 'Hi', isRunning: true }])
    await transport.resumed.push(delta('lo'), final('Hello'))
    await transport.resumed.end()
    expect(client.threads.getState()).toMatchObject([{ title: 'Hi', isRunning: false }])
    expect(thread.store.getState().turns).toEqual([])
  })

  it.each(['dispose', 'wipe'] as const)('is left by a %s', async (how) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab, 'Hel')
    const { transport, client } = await reload(tab)

    void client[how]()
    await settled()

    expect(transport.resumed.signal.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    client.dispose()
    const after = await reload(tab)
    expect(after.transport.resumes).toHaveLength(how === 'dispose' ? 1 : 0)
  })

  it('is not gone on with by a client that is disposed while it reads', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    await leave(tab, 'Hel')
    const { transport, thread, client } = tab.open()
    thread.store.subscribe(() => undefined)

    client.dispose()
    await settled()

    expect(transport.resumes).toHaveLength(0)
  })

  it('tells of the run once, as of any that is accepted', async () => {
    const tab = oneTab({ transcripts: memoryTranscripts() })
    const runId = await leave(tab, 'Hel')
    const accepted = vi.fn<(run: { readonly runId: string }) => void>()
    const page = tab.open()
    page.client.subscribeRuns(accepted)
    page.thread.store.subscribe(() => undefined)
    page.thread.store.subscribe(() => undefined) // as StrictMode does
    await settled()

    await page.transport.resumed.push(delta('lo'))
    await page.transport.resumed.push(delta('!'))

    expect(accepted.mock.calls.map(([run]) => run.runId)).toEqual([runId])
    expect(page.transport.resumes).toHaveLength(1)
  })
})

describe('a run that is read again from its beginning', () => {
  /** A store of an application's own, which keeps no cursor. */
  function withoutCursors(): TranscriptStore {
    const store = memoryTranscripts()
    return { ...store, append: (recordId, runId, events) => store.append(recordId, runId, events) }
  }

  it('shows what was kept until it comes again, and nothing twice', async () => {
    const tab = oneTab({ transcripts: withoutCursors() })
    await leave(tab, 'Hel', 'lo ')
    const { transport, text } = await reload(tab)
    expect(transport.resumed.call.after).toBeNull()
    expect(text()).toBe('Hello ')
    await transport.resumed.push()
    expect(text()).toBe('Hello ')

    await transport.resumed.push(runStart('ref'), delta('Hel'), delta('lo '), delta('you'))
    await transport.resumed.push(final())
    await transport.resumed.end('done')

    expect(text()).toBe('Hello you')
  })

  it('is kept once, also where the page is left in the middle of that', async () => {
    const tab = oneTab({ transcripts: withoutCursors() })
    await leave(tab, 'Hel', 'lo ')
    const page = await reload(tab)
    await page.transport.resumed.push(runStart('ref'), delta('Hel'), delta('lo '), delta('you'))
    page.client.dispose()

    const { text } = await reload(tab)

    expect(text()).toBe('Hello you')
  })

  it('is not whole before it has come again, however whole it was kept', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const tab = oneTab({ transcripts: withoutCursors() })
    const page = tab.open()
    void page.thread.send('Hi')
    await page.transport.run.push(runStart('ref'), final('Hello'))
    page.client.dispose()
    const { transport, state } = await reload(tab)

    await transport.resumed.push()
    vi.advanceTimersByTime(1000)

    expect(state()).toMatchObject({ status: 'streaming', activity: 'open' })
  })

  it('keeps what was there where it cannot be read after all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
    const tab = oneTab({ transcripts: withoutCursors() })
    await leave(tab, 'Hel')
    const { transport, run, text } = await reload(tab)

    await transport.resumed.push()
    await transport.resumed.fail()
    vi.advanceTimersByTime(500)
    await settled()
    await transport.resumed.fail(fault({ code: 'empty' }))

    expect(run()?.end).toBe('interrupted')
    expect(text()).toBe('Hel')
  })

  it('waits for a transcript that hangs no longer than two seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
    const transcripts = memoryTranscripts()
    const tab = oneTab({ transcripts })
    await leave(tab, 'Hel')
    const page = await reload(tab, {
      transcripts: { ...transcripts, load: () => new Promise(() => undefined) },
    })
    expect(page.transport.resumes).toHaveLength(0)

    vi.advanceTimersByTime(2000)
    await settled()
    await page.transport.resumed.push(runStart('ref'), delta('Hello'), final('Hello'))
    await page.transport.resumed.end('done')

    expect(page.transport.resumed.call.after).toBeNull()
    expect(page.text()).toBe('Hello')
  })
})

describe('a run that a duplicate of its tab follows as well', () => {
  it('is kept once, and shown once by whichever is reloaded', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const transcripts = memoryTranscripts()
    const [storage, copy] = [memoryStorage(), memoryStorage()]
    const original = oneTab({ transcripts, storage })
    const first = original.open()
    void first.thread.send('Hi')
    await first.transport.run.push(runStart('ref'), delta('Hel'))
    vi.advanceTimersByTime(250)
    await settled()
    for (const key of storage.keys('') as readonly string[]) {
      void copy.write(key, storage.read(key) as string)
    }
    const duplicate = oneTab({ transcripts, storage: copy })
    const second = await reload(duplicate)
    expect(second.transport.resumed.call.after).toBe('2')

    for (const word of ['lo ', 'you']) {
      await second.transport.resumed.push(delta(word))
      await first.transport.run.push(delta(word))
    }
    second.client.dispose()
    first.client.dispose()
    await settled()

    for (const tab of [original, duplicate]) {
      const page = await reload(tab)
      expect(page.text()).toBe('Hello you')
      page.client.dispose()
    }
  })
})

describe('a run that was left, in one of two tabs', () => {
  const canResume = () => ({ transport: handTransport({ canResume: true }) })

  it('is gone on with by the other tab once the one that read it is gone, and by no other (F63)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { tab } = oneBrowser()
    const one = await tab()
    void one.thread.send('Hi')
    await settled()
    await one.transport.run.push(runStart('ref'), delta('Hel'))
    const options = [canResume(), canResume()]
    const others = [await tab(options[0]), await tab(options[1])]
    expect(options.flatMap(({ transport }) => transport.resumes)).toHaveLength(0)

    one.client.dispose()
    await settled()
    vi.advanceTimersByTime(250)
    await settled()

    const resumes = options.flatMap(({ transport }) => transport.resumes)
    expect(resumes).toHaveLength(1)
    expect(others.map(({ thread }) => thread.store.getState().writer).toSorted()).toEqual([
      'another-tab',
      'here',
    ])
    const waiting = others.find(({ thread }) => thread.store.getState().writer !== 'here')
    expect(waiting?.thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    await resumes[0]?.push(delta('lo'), final('Hello'))
    await resumes[0]?.end('done')
    await settled()
    for (const { thread } of others) {
      const [turn] = thread.store.getState().turns
      expect(turn?.runs.map((run) => [run.end, textOf(run)])).toEqual([['done', 'Hello']])
      expect(thread.store.getState()).toMatchObject({ status: 'ready', writer: 'here' })
    }
  })

  it('is left to the tab that went on with it while its own page was put away (F54)', async () => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { tab } = oneBrowser()
    const [first, second] = [canResume(), canResume()]
    const one = await tab(first)
    const sending = one.thread.send('Hi')
    await settled()
    await first.transport.run.push(runStart('ref'), delta('Hel'))
    vi.stubGlobal('addEventListener', undefined) // the second tab stays
    const two = await tab(second)
    page.dispatchEvent(new Event('pagehide'))
    await settled()
    expect(second.transport.resumed.call.after).toBe('2')

    page.dispatchEvent(new Event('pageshow'))
    await settled()
    await first.transport.run.push(delta('lo'))
    await second.transport.resumed.push(delta('lo'))
    vi.advanceTimersByTime(250)
    await settled()

    expect(await sending).toMatchObject({ sent: true, end: 'unknown' })
    expect(first.transport.run.signal.aborted).toBe(true)
    expect(one.thread.store.getState()).toMatchObject({
      writer: 'another-tab',
      status: 'ready',
      turns: [],
    })
    await second.transport.resumed.push(final('Hello'))
    await second.transport.resumed.end('done')
    await settled()
    for (const { thread } of [one, two]) {
      const runs = thread.store.getState().turns.flatMap((turn) => turn.runs)
      expect(runs.map((run) => [run.end, textOf(run)])).toEqual([['done', 'Hello']])
    }
  })
})
