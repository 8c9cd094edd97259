import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { stubFetch } from '../__fixtures__/stub-fetch.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import { textOf } from '../thread/text-chunks.ts'
import { fluoTransport } from '../transport/fluo-transport.ts'
import { relayTransport } from '../transport/relay-transport.ts'
import { families } from '../wire/__fixtures__/payload-families.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClientOptions } from './fluo-client.ts'

function setup(options: Partial<FluoClientOptions> = {}) {
  const transport = handTransport()
  const frames = handFrames()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    schedule: frames.schedule,
    ...options,
  })
  return { client, transport, frames }
}

describe('createFluoClient', () => {
  it('runs a turn to its end and keeps the thread reference for the next one', async () => {
    const { client, transport } = setup()
    const thread = client.thread({ agentId: 'agent' })
    const sending = thread.send('Hi')

    await transport.run.push(runStart('ref-1'), delta('Hel'), delta('lo'), final('Hello'))
    await transport.run.end()

    expect(await sending).toMatchObject({ sent: true, end: 'done' })
    expect(thread.store.getState()).toMatchObject({
      status: 'ready',
      activity: 'idle',
      error: null,
    })
    const [run] = thread.store.getState().turns.at(-1)?.runs ?? []
    expect(run && textOf(run)).toBe('Hello')
    expect(thread.threadRef).toBe('ref-1')
  })

  it('asks for nothing and reads nothing until a thread is used', () => {
    const storage = memoryStorage()
    const read = vi.spyOn(storage, 'read')
    const { client, transport } = setup({ storage })

    client.thread({ agentId: 'agent' })

    expect(transport.runs).toEqual([])
    expect(read).not.toHaveBeenCalled()
  })

  it('works with the storage of the page by default, and without one', async () => {
    const transport = handTransport()
    const client = createFluoClient({ transport, userScope: null })
    const thread = client.thread({ agentId: 'agent' })
    const sending = thread.send('Hi')

    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(await sending).toMatchObject({ end: 'done' })
  })
})

describe('createFluoClient with the frames of its page', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('looks after those of all its threads with one timer', async () => {
    const timer = vi.spyOn(globalThis, 'setTimeout').mockReturnValue(0 as never)
    vi.stubGlobal('requestAnimationFrame', () => 1)
    vi.stubGlobal('cancelAnimationFrame', () => undefined)
    const transport = handTransport()
    const storage = memoryStorage()
    const timeless = { slowAfterMs: 0, stallAfterMs: 0 }
    const client = createFluoClient({ transport, userScope: null, storage, ...timeless })

    for (const threadKey of ['a', 'b', 'c']) {
      void client.thread({ agentId: 'agent', threadKey }).send('Hi')
      await transport.run.push(delta('Hello'))
    }

    expect(timer).toHaveBeenCalledTimes(1)
  })
})

describe('createFluoClient with fluoTransport', () => {
  afterEach(() => void vi.restoreAllMocks())

  const told = Object.entries(families).map(([family, samples]) => ({
    family,
    bytes: new TextEncoder().encode(
      samples
        .filter(({ event, data }) => event !== 'error' && !data.includes('"error"'))
        .map(({ event, data }) => {
          const lines = data.split('\n').map((line) => `data: ${line}\r\n`)
          return `: ping\r\n\r\nevent: ${event}\r\n${lines.join('')}\r\n`
        })
        .join(''),
    ),
  }))

  async function answerTo(bytes: Uint8Array, size: number): Promise<string> {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size)
          controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })
    const answer = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const { client } = setup({
      transport: fluoTransport({ baseUrl: '', fetch: stubFetch(answer).fetch }),
      schedule:
        size % 2 === 0 ? (callback) => (callback(), () => undefined) : handFrames().schedule,
    })
    const thread = client.thread({ agentId: 'agent' })
    await thread.send('What is 6 times 7?')
    const run = thread.store.getState().turns[0]?.runs[0]
    return JSON.stringify({ run, threadRef: thread.threadRef }).replaceAll(run?.id ?? '', 'run')
  }

  it.each(told)(
    'shows the same run of the family "$family" however its bytes are cut',
    async ({ bytes }) => {
      vi.spyOn(Date, 'now').mockReturnValue(0) // reading takes as long as it takes
      const whole = await answerTo(bytes, bytes.length)

      expect(whole).toContain('"end":"done"')
      expect(whole).toContain('42')
      for (const size of [1, 2, 3, 7, 64, 1000]) expect(await answerTo(bytes, size)).toBe(whole)
    },
  )
})

describe('createFluoClient, when a browser breaks the connection by itself', () => {
  const bytes = 'data: {"type":"message_delta","text":"Load failed, it said: AbortError"}\n\n'

  /** A body that brings a delta, and then breaks with this. */
  async function brokenBy(thrown: unknown) {
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => controller.enqueue(new TextEncoder().encode(bytes)),
        pull: (controller) => controller.error(thrown),
      },
      { highWaterMark: 0 },
    )
    const answer = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const { fetch, calls } = stubFetch(answer, new Response(null, { status: 204 }))
    const { client } = setup({ transport: relayTransport({ url: '/api/fluo', fetch }) })
    const thread = client.thread({ agentId: 'agent' })
    const result = await thread.send('Hi')
    const { turns, error } = thread.store.getState()
    const run = turns[0]?.runs[0]
    const ops = calls.map(({ body }) => (body as { op: string }).op)
    return { result, ops, error, turns, text: run && textOf(run) }
  }

  it('looks for the run, and is interrupted, not stopped, by an abort that nobody asked for (F47)', async () => {
    const { result, error, text, ops } = await brokenBy(
      new DOMException('The operation was aborted.', 'AbortError'),
    )

    expect(result).toMatchObject({ sent: true, end: 'interrupted' })
    expect(error).toEqual({ code: 'network' })
    expect(text).toBe('Load failed, it said: AbortError')
    expect(ops).toEqual(['start', 'resume'])
  })

  it.each([
    new TypeError('Load failed'),
    new TypeError('network error'),
    new TypeError('NetworkError when attempting to fetch resource.'),
    new TypeError('terminated'),
    new Error(''),
    'a string',
    undefined,
  ])(
    'looks for the run whatever words it has for it, and keeps the question and the text: %s (F55)',
    async (thrown) => {
      const { result, error, text, turns, ops } = await brokenBy(thrown)

      expect(result).toMatchObject({ sent: true, end: 'interrupted' })
      expect(error).toEqual({ code: 'network' })
      expect(text).toBe('Load failed, it said: AbortError')
      expect(turns).toMatchObject([{ input: { query: 'Hi' } }])
      expect(ops).toEqual(['start', 'resume'])
    },
  )
})

describe('FluoClient.thread', () => {
  it('is the same thread for the same agent and key', () => {
    const { client } = setup()

    const current = client.thread({ agentId: 'a' })

    expect(client.thread({ agentId: 'a' })).toBe(current)
    expect(client.thread({ agentId: 'a', threadKey: 'other' })).not.toBe(current)
    expect(client.thread({ agentId: 'b' })).not.toBe(current)
    expect(client.thread({ agentId: 'a', threadKey: 'other' })).toBe(
      client.thread({ agentId: 'a', threadKey: 'other', threadRef: 'late' }),
    )
  })

  it('keeps names apart however they are written', () => {
    const { client } = setup()

    const threads = new Set([
      client.thread({ agentId: 'a:b', threadKey: 'c' }),
      client.thread({ agentId: 'a', threadKey: 'b:c' }),
      client.thread({ agentId: 'a%3Ab', threadKey: 'c' }),
      client.thread({ agentId: '__proto__', threadKey: 'c' }),
      client.thread({ agentId: 'a', threadKey: '' }),
    ])

    expect(threads.size).toBe(5)
  })

  it('continues the reference it was given when nothing is remembered', () => {
    const { client, transport } = setup()

    void client.thread({ agentId: 'agent', threadRef: 'given' }).send('Hi')

    expect(transport.run.request.threadRef).toBe('given')
  })

  it('prefers what is remembered to the reference it was given', async () => {
    const storage = memoryStorage()
    const first = setup({ storage })
    void first.client.thread({ agentId: 'agent' }).send('Hi')
    await first.transport.run.push(runStart('remembered'), final('Hello'))
    await first.transport.run.end()
    const second = setup({ storage })

    void second.client.thread({ agentId: 'agent', threadRef: 'given' }).send('Hi')

    expect(second.transport.run.request.threadRef).toBe('remembered')
  })

  it('shows the turns it was given, and appends to them', () => {
    const turn = { id: 't', input: { query: 'Before' }, sentAt: 1, runs: [] }
    const { client } = setup()
    const thread = client.thread({ agentId: 'agent', initialTurns: [turn] })

    void thread.send('Now')

    const { turns } = thread.store.getState()
    expect(turns[0]).toBe(turn)
    expect(turns.map(({ input }) => input.query)).toEqual(['Before', 'Now'])
  })

  it('runs threads of their own side by side', async () => {
    const { client, transport } = setup()
    const one = client.thread({ agentId: 'agent', threadKey: '1' })
    const two = client.thread({ agentId: 'agent', threadKey: '2' })
    void one.send('One')
    void two.send('Two')

    await transport.runs[1]?.push(final('2'))
    await transport.runs[1]?.end()

    expect(one.store.getState().status).toBe('submitted')
    expect(two.store.getState().status).toBe('ready')
  })
})

describe('FluoClient.dispose', () => {
  it('leaves every run without a word to the server, and keeps what is stored', async () => {
    const storage = memoryStorage()
    const { client, transport } = setup({ storage })
    const sending = client.thread({ agentId: 'agent' }).send('Hi')
    await transport.run.push(runStart('ref'))

    client.dispose()

    expect(transport.run.signal.aborted).toBe(true)
    expect(transport.stopped).toEqual([])
    expect(await sending).toMatchObject({ sent: true })
    expect(await storage.keys('')).toHaveLength(1)
  })

  it('refuses every send and retry from then on, of new threads as well', async () => {
    const { client, transport } = setup()
    const thread = client.thread({ agentId: 'agent' })

    client.dispose()

    const refused = { sent: false, reason: 'disposed' }
    expect(await thread.send('Hi')).toEqual(refused)
    expect(await thread.retry()).toEqual(refused)
    expect(await client.thread({ agentId: 'new' }).send('Hi')).toEqual(refused)
    expect(transport.runs).toEqual([])
  })

  it('lets nothing in that an old run still brings', async () => {
    const transport = handTransport({ isDeaf: true })
    const onEvent = vi.fn<() => void>()
    const { client, frames } = setup({ transport, onEvent })
    const thread = client.thread({ agentId: 'agent' })
    void thread.send('Hi')
    await transport.run.push(runStart('ref'), delta('a'))
    onEvent.mockClear()
    client.dispose()
    const disposed = thread.store.getState()

    await transport.run.push(runStart('ref-2'), final('late'))
    frames.paint()

    expect(thread.store.getState()).toBe(disposed)
    expect(thread.threadRef).toBe('ref')
    expect(onEvent).not.toHaveBeenCalled()
  })

  it('takes no send from a callback of the run that it leaves', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { client, transport } = setup({ onRunEnd: (_, thread) => void thread.send('Again') })
    void client.thread({ agentId: 'agent' }).send('Hi')
    await transport.run.push(final('Hello'))
    vi.advanceTimersByTime(1000)

    client.dispose()
    await settled()
    vi.useRealTimers()

    expect(transport.runs).toHaveLength(1)
  })
})

describe('FluoClient.wipe', () => {
  async function twoUsers() {
    const storage = memoryStorage()
    const users = ['ann', 'ann:2', null].map((userScope) => setup({ storage, userScope }))
    for (const { client, transport } of users) {
      void client.thread({ agentId: 'agent' }).send('Hi')
      await transport.run.push(runStart('ref'))
    }
    await storage.write('of-the-application', 'x')
    return { storage, users }
  }

  it("takes this user's records out of the storage, and no others (T31)", async () => {
    const { storage, users } = await twoUsers()
    const before = await storage.keys('')
    expect(before).toHaveLength(4)

    await users[0]?.client.wipe()

    const left = await storage.keys('')
    expect(left).toEqual(before.filter((key) => !key.startsWith('fluo:v1:user.ann:')))
    expect(left).toHaveLength(3)
  })

  it('takes records out that this client never opened', async () => {
    const { storage } = await twoUsers()

    await setup({ storage, userScope: 'ann' }).client.wipe()

    expect(await storage.keys('fluo:v1:user.ann:')).toEqual([])
  })

  it('leaves every run and forgets what was said (T31)', async () => {
    const { users } = await twoUsers()
    const [ann] = users
    const thread = ann?.client.thread({ agentId: 'agent' })

    await ann?.client.wipe()

    expect(ann?.transport.run.signal.aborted).toBe(true)
    expect(thread?.store.getState()).toMatchObject({ turns: [], status: 'ready', error: null })
    expect(thread?.threadRef).toBeNull()
    expect(await thread?.send('Hi')).toEqual({ sent: false, reason: 'disposed' })
  })

  it('writes nothing afterwards, whatever is called (T31)', async () => {
    const { storage, users } = await twoUsers()
    const [ann] = users
    const thread = ann?.client.thread({ agentId: 'agent' })
    await ann?.client.wipe()

    thread?.reset()
    thread?.clearError()
    await thread?.retry({ inNewThread: true })
    await thread?.stop()

    expect(await storage.keys('fluo:v1:user.ann:')).toEqual([])
  })

  it('takes the other records out when one cannot be removed', async () => {
    const storage = memoryStorage()
    for (const key of ['a', 'b', 'c']) await storage.write(`fluo:v1:guest:${key}`, '{}')
    const stubborn: ThreadStorage = {
      ...storage,
      remove: (key) => (key.endsWith(':a') ? Promise.reject(new Error('no')) : storage.remove(key)),
    }

    await setup({ storage: stubborn }).client.wipe()

    expect(await storage.keys('')).toEqual(['fluo:v1:guest:a'])
  })

  it('never rejects', async () => {
    const broken = (): never => {
      throw new Error('no storage here')
    }
    const storage = { isShared: false, read: broken, write: broken, remove: broken, keys: broken }
    const { client } = setup({ storage })
    void client.thread({ agentId: 'agent' }).send('Hi')

    await expect(client.wipe()).resolves.toBeUndefined()
  })

  it('waits for a write that is under way, and the record is gone', async () => {
    const records = memoryStorage()
    const storage: ThreadStorage = {
      ...records,
      async write(key, value) {
        await settled()
        await records.write(key, value)
      },
    }
    const { client, transport } = setup({ storage })
    void client.thread({ agentId: 'agent' }).send('Hi')
    await settled()
    await transport.run.push(runStart('ref'))

    await client.wipe()
    await settled()

    expect(await records.keys('')).toEqual([])
  })
})
