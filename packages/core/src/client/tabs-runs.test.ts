import { afterEach, describe, expect, it, vi } from 'vitest'
import { delta, fault, final, runStart, settled } from '../__fixtures__/hand-transport.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import { oneBrowser, type BrowserTab } from '../__fixtures__/one-browser.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a queue in one of two tabs', () => {
  it('gives its texts back when the other tab begins a new conversation (F63)', async () => {
    const { tab } = oneBrowser()
    const [one, two] = [await tab({}, { whenBusy: 'queue' }), await tab()]
    void one.thread.send('First')
    await settled()
    await one.transport.run.push(delta('Hel'))
    const queued = [one.thread.send('Second'), one.thread.send('Third')]

    two.thread.reset()
    await settled()

    const canceled = { sent: false, reason: 'canceled' }
    expect(await Promise.race([Promise.all(queued), settled()])).toEqual([canceled, canceled])
    expect(one.thread.store.getState()).toMatchObject({ turns: [], queued: [], status: 'ready' })
    expect(one.transport.runs).toHaveLength(1)
  })
})

describe('a queue whose next turn another tab did not let through', () => {
  it('gives that text back, and goes on once this tab may write (F63)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { tab, locks } = oneBrowser()
    const one = await tab({}, { whenBusy: 'queue' })
    void one.thread.send('First')
    await settled()
    await one.transport.run.push(delta('Hel'))
    const queued = [one.thread.send('Second'), one.thread.send('Third')]
    let close: () => void = () => undefined
    const closed = new Promise<void>((resolve) => (close = resolve))
    void locks.request('fluo:v1:user.ann:agent:current', {}, () => closed)
    await one.transport.run.push(final('Hello'))
    await one.transport.run.end()
    vi.advanceTimersByTime(250)
    await settled()

    expect(await queued[0]).toEqual({ sent: false, reason: 'another-tab' })
    expect(await one.thread.send('Fourth')).toEqual({ sent: false, reason: 'another-tab' })
    expect(one.thread.store.getState().queued).toMatchObject([{ input: { query: 'Third' } }])
    close()
    await settled()

    expect(one.transport.runs.map(({ request }) => request.input.query)).toEqual(['First', 'Third'])
  })
})

describe('Thread.retry({ inNewThread }) that is refused', () => {
  it('keeps the thread that the turn was asked in', async () => {
    const { tab, stored, locks } = oneBrowser()
    const one = await tab()
    void one.thread.send('Hi')
    await settled()
    await one.transport.run.push(runStart('ref'))
    await one.transport.run.fail()
    await settled()
    void locks.request('fluo:v1:user.ann:agent:current', {}, () => new Promise(() => undefined))
    await settled()

    const retried = await one.thread.retry({ inNewThread: true })

    expect(retried).toEqual({ sent: false, reason: 'another-tab' })
    expect(stored()?.threadRef).toBe('ref')
  })
})

describe('a run that waits for a rate limit in one of two tabs', () => {
  const limited = () => fault({ code: 'rate-limited', retryAt: Date.now() + 10_000 })

  async function waiting(options: Parameters<ReturnType<typeof oneBrowser>['tab']>[0] = {}) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const browser = oneBrowser()
    const one = await browser.tab(options)
    const sending = one.thread.send('Hi')
    await settled()
    await one.transport.run.fail(limited())
    await settled()
    const sitOut = async () => {
      vi.advanceTimersByTime(11_000)
      await settled()
      vi.advanceTimersByTime(1000)
      await settled()
    }
    return { ...browser, one, sending, sitOut }
  }

  it('holds no lock for the time of the wait, and takes it back before it asks (F18)', async () => {
    const { one, locks, sitOut } = await waiting()
    expect(locks.held()).toEqual([])

    await sitOut()

    expect(one.transport.runs).toHaveLength(2)
    expect(locks.held()).toHaveLength(1)
  })

  it('is given up once another tab has asked its turn (F18, F63)', async () => {
    for (const hasLocks of [true, false]) {
      const channels = oneBrowser().channels
      const tabs = { channel: channels.channel }
      const options = hasLocks ? {} : { tabs }
      const { one, tab, stored, sitOut } = await waiting(options)
      const two = await tab(options)
      void two.thread.retry()
      await settled()
      await two.transport.run.push(delta('Hel'))
      const { open } = stored() ?? {}

      await sitOut()

      expect(one.transport.runs).toHaveLength(1)
      expect(stored()?.open).toEqual(open)
      await two.transport.run.push(final('Hello'))
      await two.transport.run.end()
      await settled()
      expect(one.thread.store.getState()).toMatchObject({ status: 'ready', error: null })
    }
  })

  it('is given up where no news of the other tab came (F18, F63)', async () => {
    const { one, tab, stored, sending, sitOut } = await waiting({ tabs: {} })
    const two = await tab({ tabs: {} })
    void two.thread.retry()
    await settled()
    const { open } = stored() ?? {}

    await sitOut()

    expect(await sending).toMatchObject({ sent: true, end: 'failed' })
    expect(one.transport.runs).toHaveLength(1)
    expect(stored()?.open).toEqual(open)
  })

  it("is given up when the other tab takes the turn's error away", async () => {
    const { one, tab, sending, sitOut } = await waiting()
    const two = await tab()
    two.thread.clearError()
    await settled()

    expect(await sending).toMatchObject({ sent: true, end: 'failed' })
    expect(one.thread.store.getState()).toMatchObject({ status: 'ready', activity: 'idle' })
    await sitOut()
    expect(one.transport.runs).toHaveLength(1)
  })

  it('is not asked again where a listener stops it in that moment, and others are (F19)', async () => {
    const { one, sitOut } = await waiting()
    const other = one.client.thread({ agentId: 'agent', threadKey: 'other' })
    void other.send('Other')
    await settled()
    await one.transport.run.fail(limited())
    one.thread.store.subscribe(({ status }) => {
      if (status === 'submitted') void one.thread.stop()
    })

    await sitOut()

    expect(one.transport.runs.map(({ request }) => request.input.query)).toEqual([
      'Hi',
      'Other',
      'Other',
    ])
    expect(one.thread.store.getState()).toMatchObject({ status: 'error', activity: 'idle' })
  })
})

describe('Thread.clearError in one of two tabs', () => {
  it('changes only what its own tab shows while another one writes', async () => {
    const { tab, stored } = oneBrowser()
    const [one, two] = [await tab(), await tab()]
    void one.thread.send('Hi')
    await settled()
    await one.transport.run.fail()
    await settled()
    expect(two.thread.store.getState().status).toBe('error')
    const loud = one.thread.retry() // the other tab still shows the error in this task
    await settled()
    void loud
    const { open } = stored() ?? {}

    two.thread.clearError()

    expect(stored()?.open).toEqual(open)
    expect(open).not.toBeNull()
  })
})

describe('Thread.send that had to wait for the other tabs', () => {
  const said = ({ thread }: BrowserTab) => thread.store.getState().turns.map(({ input }) => input)

  it.each([
    ['dispose', 'disposed'],
    ['reset', 'canceled'],
  ] as const)('gives the text back after %s(), for nothing left the page', async (how, reason) => {
    const { tab, stored, locks } = oneBrowser()
    const { thread, client, transport } = await tab()
    const sending = thread.send('precious')

    if (how === 'reset') thread.reset()
    else client.dispose()

    expect(await sending).toEqual({ sent: false, reason })
    thread.setDraft({ query: 'precious' })
    await settled()
    expect(stored()).toMatchObject({ draft: { query: 'precious' }, open: null })
    expect(transport.runs).toEqual([])
    expect(locks.held()).toEqual([])
  })

  it.each([true, false])('is found again after a stop, with a transcript: %s', async (isKept) => {
    const { tab, locks } = oneBrowser()
    const options = isKept ? {} : { transcripts: undefined }
    const one = await tab(options as object)
    const sending = one.thread.send('precious')

    await one.thread.stop()

    expect(await sending).toMatchObject({ sent: true, end: 'stopped' })
    await settled()
    one.client.dispose()
    const later = await tab(options as object)
    expect(said(later)).toEqual([{ query: 'precious' }])
    expect(later.thread.store.getState()).toMatchObject({ status: 'ready', error: null })
    expect(later.thread.draft.getState()?.query ?? '').toBe('')
    expect(one.transport.runs).toEqual([])
    expect(locks.held()).toEqual([])
  })
})

describe('a client that is gone', () => {
  it('keeps nothing of what is put back into a draft after a wipe', async () => {
    const { tab } = oneBrowser()
    const { thread, client } = await tab()
    await client.wipe()

    thread.setDraft({ query: 'a secret' })

    expect(thread.draft.getState()).toBeNull()
  })

  it('leaves no timer behind that waits for a lock or a transcript', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { tab, locks } = oneBrowser()
    const one = await tab()
    void locks.request('fluo:v1:user.ann:agent:current', {}, () => new Promise(() => undefined))
    await settled()
    void one.thread.send('Hi')
    const hanging = { ...memoryTranscripts(), load: () => new Promise<never>(() => undefined) }
    const two = await tab({ transcripts: hanging, tabs: {} })
    expect(vi.getTimerCount()).toBe(2)

    one.client.dispose()
    two.client.dispose()

    expect(vi.getTimerCount()).toBe(0)
  })
})
