import { afterEach, describe, expect, it, vi } from 'vitest'
import { delta, fault, final, handTransport, settled } from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { SendResult, Thread } from './thread.ts'

afterEach(() => void vi.useRealTimers())

function open(options: Partial<FluoClientOptions> = {}) {
  const transport = handTransport()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    ...options,
  })
  const thread = client.thread({ agentId: 'agent', whenBusy: 'queue' })
  const asked = (): readonly string[] => transport.runs.map(({ request }) => request.input.query)
  async function answer(): Promise<void> {
    await transport.run.push(final('Yes'))
    await transport.run.end()
  }
  return { client, transport, thread, asked, answer }
}

const queuedIn = (thread: Thread): readonly string[] =>
  thread.store.getState().queued.map(({ input }) => input.query)
const questionsIn = (thread: Thread): readonly string[] =>
  thread.store.getState().turns.map(({ input }) => input.query)

describe("Thread with whenBusy: 'queue'", () => {
  it('asks what was sent while a run was open in order, one at a time, each with its own end (F74)', async () => {
    const { transport, thread, asked, answer } = open()
    const sends = ['One', 'Two', 'Three'].map((query) => thread.send(query))
    const waiting = queuedIn(thread)
    const shown = questionsIn(thread)
    await answer()
    const afterFirst = [asked(), queuedIn(thread), questionsIn(thread)]
    await transport.run.push(delta('Y'))
    await thread.stop()
    await settled()
    await answer()

    expect([waiting, shown]).toEqual([['Two', 'Three'], ['One']])
    expect(afterFirst).toEqual([['One', 'Two'], ['Three'], ['One', 'Two']])
    expect(asked()).toEqual(['One', 'Two', 'Three'])
    expect(await Promise.all(sends)).toMatchObject([
      { sent: true, end: 'done' },
      { sent: true, end: 'stopped' },
      { sent: true, end: 'done' },
    ])
    expect(thread.store.getState()).toMatchObject({ status: 'ready', queued: [] })
  })

  it('holds plain data that can be cloned, and a queued turn keeps its ID when it is asked', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 5_000 })
    const { thread, answer } = open()
    void thread.send('One')
    void thread.send({ query: 'Two', contexts: ['ctx'] })

    const [queued] = structuredClone(thread.store.getState()).queued

    expect(queued).toEqual({
      id: expect.any(String),
      input: { query: 'Two', contexts: ['ctx'] },
      queuedAt: 5_000,
    })
    await answer()
    expect(thread.store.getState().turns.at(-1)?.id).toBe(queued?.id)
  })

  it('goes on when the answer looks whole and its body is held open, every time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { transport, thread, asked } = open()
    void thread.send('One')
    await transport.run.push(final('Yes'))
    vi.advanceTimersByTime(1000)
    await transport.run.push(delta('And'))
    void thread.send('Two')
    await transport.run.push(final('And more'))
    vi.advanceTimersByTime(1000)
    await settled()

    expect(asked()).toEqual(['One', 'Two'])
    expect(transport.runs[0]?.signal.aborted).toBe(true)
  })

  it('waits behind an answer that was cut off or failed, and is still there', async () => {
    const { transport, thread, asked } = open()
    void thread.send('One')
    void thread.send('Two')
    await transport.run.push(delta('Y'))
    await transport.run.fail()
    await settled()

    expect(asked()).toEqual(['One'])
    expect(queuedIn(thread)).toEqual(['Two'])
    expect(thread.store.getState().status).toBe('error')
  })

  it.each([
    ['retry', ['One', 'One', 'Two', 'Three']],
    ['clearError', ['One', 'Two', 'Three']],
    ['send', ['One', 'Two', 'Three', 'Four']],
  ] as const)('goes on after %s()', async (action, order) => {
    const { transport, thread, asked, answer } = open()
    for (const query of ['One', 'Two', 'Three']) void thread.send(query)
    await transport.run.fail()

    if (action === 'send') void thread.send('Four')
    else void thread[action]()
    while (thread.store.getState().status !== 'ready') await answer()

    expect(asked()).toEqual(order)
    expect(queuedIn(thread)).toEqual([])
  })

  it('takes ten, and refuses the eleventh as busy', async () => {
    const { thread } = open()
    void thread.send('open')
    for (let index = 0; index < 10; index += 1) void thread.send(String(index))

    expect(await thread.send('one too many')).toEqual({ sent: false, reason: 'busy' })
    expect(queuedIn(thread)).toHaveLength(10)
  })

  it('lets go of a turn that is taken out, and of no other', async () => {
    const { thread, asked, answer } = open()
    void thread.send('One')
    const two = thread.send('Two')
    void thread.send('Three')
    const { cancelQueued } = thread

    cancelQueued('not there')
    cancelQueued(thread.store.getState().queued[0]?.id ?? '')

    expect(await two).toEqual({ sent: false, reason: 'canceled' })
    expect(queuedIn(thread)).toEqual(['Three'])
    await answer()
    expect(asked()).toEqual(['One', 'Three'])
  })

  it.each([
    ['reset', 'canceled'],
    ['dispose', 'disposed'],
    ['wipe', 'disposed'],
  ] as const)('gives every turn back on %s()', async (how, reason) => {
    const { client, thread, asked } = open()
    void thread.send('One')
    const sends = [thread.send('Two'), thread.send('Three')]

    if (how === 'reset') thread.reset()
    else void client[how]()

    expect(await Promise.all(sends)).toEqual([
      { sent: false, reason },
      { sent: false, reason },
    ])
    await settled()
    expect(queuedIn(thread)).toEqual([])
    expect(asked()).toEqual(['One'])
  })

  it.each(['killed', 'disposed'])(
    'is in the draft of the page that comes after one that was %s, before what was being written (F53)',
    async (how) => {
      const storage = memoryStorage()
      const { client, thread, transport } = open({ storage })
      thread.store.subscribe(() => undefined)
      thread.setDraft({ query: 'and on' })
      void thread.send('One')
      void thread.send({ query: 'Two', images: ['https://files.example/cat.png'] })
      void thread.send('Three')
      if (how === 'disposed') client.dispose()

      const later = createFluoClient({ transport, userScope: null, storage })
      const next = later.thread({ agentId: 'agent' })
      next.store.subscribe(() => undefined)

      expect(next.draft.getState()).toEqual({
        query: 'Two\nThree\nand on',
        images: ['https://files.example/cat.png'],
      })
      expect(questionsIn(next)).toEqual(['One'])
      expect(transport.runs).toHaveLength(1)
    },
  )

  it('leaves nothing in the stored draft of what has been asked', async () => {
    const storage = memoryStorage()
    const { thread, transport, answer } = open({ storage })
    thread.store.subscribe(() => undefined)
    void thread.send('One')
    void thread.send('Two')
    thread.setDraft({ query: 'and on' })
    await answer()

    const next = createFluoClient({ transport, userScope: null, storage }).thread({
      agentId: 'agent',
    })
    next.store.subscribe(() => undefined)

    expect(next.draft.getState()).toEqual({ query: 'and on' })
    expect(questionsIn(next)).toEqual(['Two'])
  })

  it('keeps the order when a callback of the run before sends as well', async () => {
    const results: Promise<SendResult>[] = []
    const { transport, thread, asked, answer } = open({
      onRunEnd(_, given) {
        if (results.length === 0) results.push(given.send('From the callback'))
      },
    })
    void thread.send('One')
    void thread.send('Two')

    await answer()
    await answer()
    await answer()

    expect(asked()).toEqual(['One', 'Two', 'From the callback'])
    expect(await results[0]).toMatchObject({ sent: true, end: 'done' })
    expect(transport.runs).toHaveLength(3)
  })

  it('does not ask behind a rate limit that is waited for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { transport, thread, asked, answer } = open({ random: () => 0 })
    void thread.send('One')
    void thread.send('Two')
    await transport.run.fail(fault({ code: 'rate-limited', retryAt: Date.now() + 10_000 }))
    await settled()
    const waiting = asked()

    vi.advanceTimersByTime(10_000)
    await answer()

    expect(waiting).toEqual(['One'])
    expect(asked()).toEqual(['One', 'One', 'Two'])
  })

  it('refuses what is empty, and does without a queue where nothing is open', async () => {
    const { thread, asked } = open()

    expect(await thread.send(' ')).toEqual({ sent: false, reason: 'empty' })
    void thread.send('One')

    expect(asked()).toEqual(['One'])
    expect(queuedIn(thread)).toEqual([])
  })
})
