import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { delta, fault, final, handTransport, settled } from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { FluoError } from '../wire/errors.ts'
import { textOf } from './text-chunks.ts'
import type { Run } from './thread-state.ts'
import type { Thread } from './thread.ts'

const start = 1_800_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: start })
})
afterEach(() => void vi.useRealTimers())

const refusal = (seconds: number): FluoError => ({
  code: 'rate-limited',
  status: 429,
  retryAt: Date.now() + seconds * 1000,
})

function open(options: Partial<FluoClientOptions> = {}) {
  const transport = handTransport()
  const storage = memoryStorage()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage,
    random: () => 0,
    ...options,
  })
  const refuse = (seconds: number): Promise<void> => transport.run.fail(fault(refusal(seconds)))
  return { client, transport, storage, refuse, thread: client.thread({ agentId: 'agent' }) }
}

const seen = (thread: Thread): readonly string[] => {
  const { status, activity } = thread.store.getState()
  return [status, activity]
}
const lastRun = (thread: Thread): Run | undefined =>
  thread.store.getState().turns.at(-1)?.runs.at(-1)

async function refused(options: Partial<FluoClientOptions> = {}) {
  const all = open(options)
  const sending = all.thread.send('Hi')
  await all.refuse(10)
  return { ...all, sending }
}

describe('Thread after a rate limit', () => {
  it('waits for the moment the server named, and asks the same run again (F18)', async () => {
    const onRunEnd = vi.fn<() => void>()
    const { thread, transport, sending } = await refused({ onRunEnd })
    const waiting = thread.store.getState()
    vi.advanceTimersByTime(9_999)
    const before = transport.runs.length
    vi.advanceTimersByTime(1)
    const asked = seen(thread)
    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(waiting).toMatchObject({
      status: 'error',
      activity: 'waiting',
      error: { code: 'rate-limited', retryAt: start + 10_000 },
      turns: [{ input: { query: 'Hi' }, runs: [{ end: 'failed' }] }],
    })
    expect(before).toBe(1)
    expect(asked).toEqual(['submitted', 'connecting'])
    const [first, second] = transport.runs
    expect(second?.request).toEqual(first?.request)
    expect(await sending).toEqual({ sent: true, runId: first?.request.runId, end: 'done' })
    expect(thread.store.getState().turns).toMatchObject([{ runs: [{ end: 'done', error: null }] }])
    expect(textOf(lastRun(thread) as Run)).toBe('Hello')
    expect(onRunEnd).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('adds up to a second to the wait and takes nothing off (F18)', async () => {
    const { thread, transport } = await refused({ random: () => 0.5 })

    vi.advanceTimersByTime(10_499)
    const before = transport.runs.length
    vi.advanceTimersByTime(1)

    expect([before, transport.runs.length]).toEqual([1, 2])
    expect(thread.store.getState().error).toBeNull()
  })

  it('asks three times in a row at most, and has failed then (F18)', async () => {
    const onRunEnd = vi.fn<() => void>()
    const { thread, transport, sending, refuse } = await refused({ onRunEnd })
    for (let again = 0; again < 3; again += 1) {
      vi.advanceTimersByTime(10_000)
      await refuse(10)
    }
    vi.advanceTimersByTime(3_600_000)

    expect(transport.runs).toHaveLength(4)
    expect(await sending).toMatchObject({ sent: true, end: 'failed' })
    expect(seen(thread)).toEqual(['error', 'idle'])
    expect(thread.store.getState().error).toMatchObject({ code: 'rate-limited', status: 429 })
    expect(onRunEnd).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    ['a wait of more than five minutes', {}, (): FluoError => refusal(301)],
    ['no moment named', {}, (): FluoError => ({ code: 'rate-limited', status: 429 })],
    ['another refusal', {}, (): FluoError => ({ ...refusal(1), code: 'upstream' })],
    ['retryRateLimited: false', { retryRateLimited: false }, (): FluoError => refusal(1)],
  ])('waits for nothing with %s', async (_, options, error) => {
    const { thread, transport } = open(options)
    const sending = thread.send('Hi')
    const facts = error()

    await transport.run.fail(fault(facts))

    expect(await sending).toMatchObject({ end: 'failed' })
    expect(seen(thread)).toEqual(['error', 'idle'])
    expect(thread.store.getState().error).toEqual(facts)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits for nothing where an event had come: something ran', async () => {
    const { thread, transport } = open()
    void thread.send('Hi')
    await transport.run.push({ type: 'error', error: refusal(1) })
    const first = seen(thread)
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))
    await transport.run.fail(fault(refusal(1)))

    expect([first, seen(thread)]).toEqual([
      ['error', 'idle'],
      ['error', 'idle'],
    ])
    vi.advanceTimersByTime(3_600_000)
    expect(transport.runs).toHaveLength(2)
  })

  it.each([
    ['stop', 'error'],
    ['clearError', 'ready'],
  ] as const)('is ended by %s(), and the text stays', async (action, status) => {
    const { thread, transport, sending } = await refused()

    await thread[action]()

    expect(await sending).toMatchObject({ sent: true, end: 'failed' })
    expect(seen(thread)).toEqual([status, 'idle'])
    expect(thread.store.getState().turns).toMatchObject([
      { input: { query: 'Hi' }, runs: [{ end: 'failed' }] },
    ])
    expect(vi.getTimerCount()).toBe(0)
    expect(transport.runs).toHaveLength(1)
    expect(transport.stopped).toEqual([])
  })

  it.each(['send', 'retry'] as const)('is ended by %s(), which asks at once', async (action) => {
    const { thread, transport, sending } = await refused()

    void thread[action as 'send']('More' as never)

    expect(await sending).toMatchObject({ end: 'failed' })
    expect(transport.runs).toHaveLength(2)
    expect(transport.run.request.runId).not.toBe(transport.runs[0]?.request.runId)
    expect(thread.store.getState().turns).toHaveLength(action === 'send' ? 2 : 1)
    expect(seen(thread)).toEqual(['submitted', 'connecting'])
    vi.advanceTimersByTime(11_000)
    expect(transport.runs).toHaveLength(2)
  })

  it.each(['reset', 'dispose', 'wipe'] as const)('is ended by %s()', async (how) => {
    const { client, thread, transport, sending } = await refused()

    if (how === 'reset') thread.reset()
    else void client[how]()

    expect(await sending).toMatchObject({ end: 'failed' })
    vi.advanceTimersByTime(3_600_000)
    expect(transport.runs).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('can be stopped once it is asked again, and its error event fails it for good', async () => {
    const { thread, transport, sending } = await refused()
    vi.advanceTimersByTime(10_000)
    await transport.run.push(delta('Hel'))

    await thread.stop()

    expect(await sending).toMatchObject({ end: 'stopped' })
    expect(seen(thread)).toEqual(['ready', 'idle'])
  })

  it('comes back after a reload as what was refused, and is asked by nobody then', async () => {
    const { client, storage, transport } = await refused()
    client.dispose()

    const later = createFluoClient({ transport, userScope: null, storage })
    const thread = later.thread({ agentId: 'agent' })
    thread.store.subscribe(() => undefined)
    vi.advanceTimersByTime(3_600_000)
    await settled()

    expect(thread.store.getState()).toMatchObject({
      status: 'error',
      activity: 'idle',
      error: { code: 'rate-limited', retryAt: start + 10_000 },
    })
    expect(transport.runs).toHaveLength(1)
  })
})

describe('Threads of one client after a rate limit', () => {
  async function many(count: number, random: () => number = () => 0) {
    const { client, transport } = open({ random })
    const threads = Array.from({ length: count }, (_, index) =>
      client.thread({ agentId: 'agent', threadKey: String(index) }),
    )
    for (const thread of threads) {
      void thread.send('Hi')
      await transport.run.fail(fault(refusal(10)))
    }
    return { client, transport, threads }
  }

  it('ask one after the other: the next once the one before is answered or refused (F19)', async () => {
    const { transport, threads } = await many(3)
    vi.advanceTimersByTime(20_000)
    const first = transport.runs.length
    await transport.run.push()
    const second = transport.runs.length
    await transport.run.fail(fault(refusal(10)))
    const third = transport.runs.length
    await threads[2]?.stop()

    expect([first, second, third]).toEqual([4, 5, 6])
    expect(threads.map(seen)).toEqual([
      ['submitted', 'open'],
      ['error', 'waiting'],
      ['ready', 'idle'],
    ])
  })

  it('are spread over a second (F19)', async () => {
    const jitters = [0.9, 0.1, 0.5]
    const { transport, threads } = await many(3, () => jitters.shift() ?? 0)
    const asked = (): readonly string[] =>
      threads.filter((thread) => seen(thread)[0] === 'submitted').map(({ threadKey }) => threadKey)

    const order: (readonly string[])[] = []
    for (const wait of [10_100, 400, 400]) {
      vi.advanceTimersByTime(wait)
      await transport.run.push()
      order.push(asked())
    }

    expect(order).toEqual([['1'], ['1', '2'], ['0', '1', '2']])
  })

  it('pass on what they gave up, and ask for nothing when all of them are disposed (F19)', async () => {
    const { client, transport, threads } = await many(3)
    vi.advanceTimersByTime(20_000)
    threads[1]?.clearError()
    threads[0]?.reset()
    const passed = transport.runs.length

    client.dispose()

    expect([passed, transport.runs.length]).toEqual([5, 5])
    expect(threads.map((thread) => seen(thread)[0])).toEqual(['ready', 'ready', 'submitted'])
  })

  it.each(['dispose', 'wipe'] as const)(
    'pass nothing on while their client goes: %s()',
    async (how) => {
      const { client, transport } = await many(3)
      vi.advanceTimersByTime(20_000)
      const asked = transport.runs.length

      void client[how]()
      vi.advanceTimersByTime(20_000)

      expect([asked, transport.runs.length]).toEqual([4, 4])
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it('ask for a bounded number of runs, however long they are refused (F19)', async () => {
    const { transport, threads } = await many(10)
    for (let round = 0; round < 200; round += 1) {
      vi.advanceTimersByTime(11_000)
      if (!transport.run.signal.aborted) await transport.run.fail(fault(refusal(10)))
    }

    expect(transport.runs).toHaveLength(10 * 4)
    expect(threads.map(seen)).toEqual(threads.map(() => ['error', 'idle']))
  })
})
