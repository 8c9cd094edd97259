import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  fault,
  handFrames,
  handTransport,
  settled,
  type HandTransport,
} from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClient } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { RunCursor } from '../transport/transport.ts'
import type { FluoFault } from '../wire/errors.ts'
import type { Thread } from './thread.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

interface Stopped {
  readonly transport: HandTransport
  readonly client: FluoClient
  readonly thread: Thread
  /** What the server was told, and when, in milliseconds since the stop. */
  readonly told: readonly { readonly at: number; readonly run: RunCursor }[]
}

/** A thread that was stopped in the middle of an answer, while its stops fail like this, one after the other. */
async function stopped(...failures: readonly FluoFault[]): Promise<Stopped> {
  const transport = handTransport({ canResume: true })
  const failing = [...failures]
  const told: { readonly at: number; readonly run: RunCursor }[] = []
  const start = performance.now()
  vi.spyOn(transport, 'stop').mockImplementation(async (run) => {
    told.push({ at: performance.now() - start, run })
    const failure = failing.shift()
    if (failure !== undefined) throw failure
  })
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    schedule: handFrames().schedule,
    random: () => 0,
  })
  const thread = client.thread({ agentId: 'agent' })
  const sending = thread.send('Hi')
  await transport.run.push(delta('Hel'))
  await thread.stop()
  expect(await sending).toMatchObject({ end: 'stopped' })
  expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
  return { transport, client, thread, told }
}

async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    await settled()
    vi.advanceTimersByTime(500)
  }
  await settled()
}

const lost = fault({ code: 'network' })

describe('tellStop', () => {
  it('tells the server again until it was heard', async () => {
    const { transport, told } = await stopped(lost, lost, fault({ code: 'network', status: 502 }))

    await pass(60_000)

    const run = { runId: transport.run.request.runId, agentId: 'agent', after: '1' }
    expect(told).toEqual([0, 0, 500, 1500].map((at) => ({ at, run })))
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gives up within half a minute, and nobody hears of it', async () => {
    const { thread, told } = await stopped(...Array.from({ length: 100 }, () => lost))

    await pass(100_000)

    expect(told.at(-1)?.at).toBeGreaterThan(10_000)
    expect(told.at(-1)?.at).toBeLessThanOrEqual(30_000)
    expect(told.length).toBeLessThan(12)
    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('tells it when the page comes back online', async () => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    const { told } = await stopped(...Array.from({ length: 6 }, () => lost))
    await pass(8000)
    expect(told).toHaveLength(6)

    page.dispatchEvent(new Event('online'))
    await settled()

    expect(told).toHaveLength(7)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    fault({ code: 'unauthorized', status: 401 }),
    fault({ code: 'forbidden', status: 403 }),
    fault({ code: 'upstream', status: 500 }),
  ])('takes a refusal for an answer: %s', async (refusal) => {
    const { told } = await stopped(refusal)

    await pass(60_000)

    expect(told).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('goes on behind the next question and behind a reset', async () => {
    const { transport, thread, told } = await stopped(lost, lost, lost, lost)
    const [first] = transport.runs

    void thread.send('Something else')
    await transport.run.end('done')
    await pass(500)
    thread.reset()
    await pass(10_000)

    expect(told.map(({ run }) => run.runId)).toEqual(
      Array.from({ length: 5 }, () => first?.request.runId),
    )
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['dispose', 'wipe'] as const)('leaves nothing that waits behind a %s', async (how) => {
    const { client, told } = await stopped(lost, lost, lost)
    await settled()
    expect(vi.getTimerCount()).toBe(1)
    const before = told.length

    void client[how]()
    await settled()

    expect(vi.getTimerCount()).toBe(0)
    await pass(60_000)
    expect(told).toHaveLength(before)
  })

  it('is heard in the same tick, also where the client is disposed in that', async () => {
    const transport = handTransport()
    const client = createFluoClient({ transport, userScope: null, storage: memoryStorage() })
    const thread = client.thread({ agentId: 'agent' })
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))

    void thread.stop()
    client.dispose()

    expect(transport.stopped).toHaveLength(1)
  })
})
