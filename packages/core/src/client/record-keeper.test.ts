import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeTabs } from '../__fixtures__/fake-tabs.ts'
import {
  delta,
  fault,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import { createFluoClient } from './create-client.ts'
import type { ThreadOptions } from './fluo-client.ts'

/** A storage that answers when it is told to, one call after the other. */
function slowStorage() {
  const records = memoryStorage()
  const calls: { readonly name: string; readonly answer: () => void; readonly fail: () => void }[] =
    []
  const slow = <T>(name: string, work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      calls.push({
        name,
        answer: () => resolve(work()),
        fail: () => reject(new Error('quota exceeded')),
      })
    })
  const storage: ThreadStorage = {
    isShared: true,
    read: (key) => slow('read', () => records.read(key) as string | null),
    write: (key, value) => slow('write', () => void records.write(key, value)),
    remove: (key) => slow('remove', () => void records.remove(key)),
    keys: (prefix) => slow('keys', () => records.keys(prefix) as readonly string[]),
  }
  return { storage, records, calls }
}

function open(
  storage: ThreadStorage,
  options: Partial<ThreadOptions> = {},
  userScope: string | null = null,
) {
  const transport = handTransport()
  const frames = handFrames()
  const client = createFluoClient({ transport, userScope, storage, schedule: frames.schedule })
  return { client, transport, frames, thread: client.thread({ agentId: 'agent', ...options }) }
}

/** What a page leaves behind that was closed at some point of a run. */
async function leftBehind(
  how: 'done' | 'sent' | 'accepted' | 'failed',
  userScope: string | null = null,
): Promise<ThreadStorage> {
  const storage = memoryStorage()
  const { client, thread, transport } = open(storage, {}, userScope)
  void thread.send('The question')
  if (how === 'failed') await transport.run.fail(fault({ code: 'rate-limited', retryAt: 1 }))
  if (how === 'done' || how === 'accepted') await transport.run.push(runStart('ref'), delta('Hel'))
  if (how === 'done') {
    await transport.run.push(final('Hello'))
    await transport.run.end()
  }
  client.dispose()
  return storage
}

const questions = (thread: ReturnType<typeof open>['thread']): readonly string[] =>
  thread.store.getState().turns.map(({ input }) => input.query)

describe('a thread restored from a storage', () => {
  it('is restored by the first subscription, at once where the storage can', async () => {
    const { thread, transport } = open(await leftBehind('done'))
    expect(thread.store.getState().isRestoring).toBe(true)

    thread.store.subscribe(() => undefined)

    expect(thread.store.getState()).toMatchObject({
      isRestoring: false,
      status: 'ready',
      turns: [],
    })
    expect(thread.threadRef).toBe('ref')
    expect(transport.runs).toEqual([])
  })

  it('is read once for any number of subscriptions and sends', async () => {
    const storage = memoryStorage()
    const read = vi.spyOn(storage, 'read')
    const { thread } = open(storage)

    thread.store.subscribe(() => undefined)
    thread.store.subscribe(() => undefined)
    void thread.send('Hi')
    await settled()

    expect(read).toHaveBeenCalledTimes(1)
  })

  it('is restored by a send that nobody subscribed for', async () => {
    const { thread, transport } = open(await leftBehind('done'))

    void thread.send('Next')

    expect(transport.run.request.threadRef).toBe('ref')
  })

  it.each([
    ['sent', 'unknown', { code: 'network' }],
    ['accepted', 'interrupted', { code: 'network' }],
    ['failed', 'failed', { code: 'rate-limited', retryAt: 1 }],
  ] as const)(
    'comes back with the question of a turn that was %s, as %s',
    async (how, end, error) => {
      const { thread, transport } = open(await leftBehind(how))

      thread.store.subscribe(() => undefined)

      expect(thread.store.getState()).toMatchObject({
        isRestoring: false,
        status: 'error',
        activity: 'idle',
        error,
        turns: [{ input: { query: 'The question' }, runs: [{ messages: [], end }] }],
      })
      expect(transport.runs).toEqual([])
    },
  )

  it('can ask the restored question again, in the thread it belongs to', async () => {
    const { thread, transport } = open(await leftBehind('accepted'))
    thread.store.subscribe(() => undefined)

    void thread.retry()

    expect(transport.run.request).toMatchObject({
      threadRef: 'ref',
      input: { query: 'The question' },
    })
    expect(thread.store.getState().turns).toHaveLength(1)
  })

  it('forgets the question with clearError, for the next page as well', async () => {
    const storage = await leftBehind('failed')
    const { thread } = open(storage)
    thread.store.subscribe(() => undefined)

    thread.clearError()

    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
    const next = open(storage).thread
    next.store.subscribe(() => undefined)
    expect(next.store.getState()).toMatchObject({ status: 'ready', turns: [] })
  })

  it('puts the question between the turns it was given and the one that is sent', async () => {
    const turn = { id: 't', input: { query: 'Given' }, sentAt: 1, runs: [] }
    const { thread } = open(await leftBehind('failed'), { initialTurns: [turn] })

    void thread.send('Next')

    expect(questions(thread)).toEqual(['Given', 'The question', 'Next'])
    expect(thread.store.getState()).toMatchObject({ status: 'submitted', error: null })
  })

  it('puts the question behind the turns it was given when nothing is sent', async () => {
    const given = ['1', '2'].map((id) => ({ id, input: { query: id }, sentAt: 1, runs: [] }))
    const { thread } = open(await leftBehind('failed'), { initialTurns: given })

    thread.store.subscribe(() => undefined)

    expect(questions(thread)).toEqual(['1', '2', 'The question'])
  })

  it('shows a question once that is among the turns it was given', async () => {
    const storage = await leftBehind('failed')
    const first = open(storage).thread
    first.store.subscribe(() => undefined)
    const { thread } = open(storage, { initialTurns: first.store.getState().turns })

    thread.store.subscribe(() => undefined)

    expect(questions(thread)).toEqual(['The question'])
  })

  it("is not another user's, and not a visitor's", async () => {
    const storage = await leftBehind('accepted', 'ann')

    for (const user of ['bob', 'ann2', '', null]) {
      const { thread } = open(storage, {}, user)
      thread.store.subscribe(() => undefined)
      expect(thread.store.getState().turns).toEqual([])
      expect(thread.threadRef).toBeNull()
    }
    const { thread } = open(storage, {}, 'ann')
    thread.store.subscribe(() => undefined)
    expect(thread.threadRef).toBe('ref')
  })

  it.each([
    'not json',
    '',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"version":2,"id":"a","agentId":"agent","threadKey":"current","updatedAt":1,"threadRef":"evil"}',
    '{"version":"1","id":"a","agentId":"agent","threadKey":"current","updatedAt":1}',
    '{"version":1,"threadRef":"evil"}',
    '{"version":1,"id":7,"agentId":"agent","threadKey":"current","updatedAt":1,"threadRef":"evil"}',
    '{"__proto__":{"version":1,"id":"a","agentId":"agent","threadKey":"current","updatedAt":1,"threadRef":"evil"}}',
  ])('ignores a record it cannot read: %s', async (text) => {
    const storage = await leftBehind('failed')
    const [key = ''] = await storage.keys('')
    await storage.write(key, text)
    const { thread, transport } = open(storage)

    void thread.send('Hi')

    expect(transport.run.request.threadRef).toBeNull()
    expect(questions(thread)).toEqual(['Hi'])
  })

  it.each<[string, (open: Record<string, unknown>) => unknown]>([
    ['no object', () => 'open'],
    ['without a run', ({ run: _run, ...rest }) => rest],
    ['with a broken run', (open_) => ({ ...open_, run: { runId: 7 } })],
    ['without a question', ({ input: _input, ...rest }) => rest],
    ['with a question of another kind', (open_) => ({ ...open_, input: { query: 7 } })],
    ['without a time', ({ sentAt: _sentAt, ...rest }) => rest],
  ])('keeps the reference of a record whose open turn is %s', async (_, broken) => {
    const storage = await leftBehind('accepted')
    const [key = ''] = await storage.keys('')
    const record = JSON.parse(String(await storage.read(key))) as { open: Record<string, unknown> }
    await storage.write(key, JSON.stringify({ ...record, open: broken(record.open) }))
    const { thread } = open(storage)

    thread.store.subscribe(() => undefined)

    expect(thread.threadRef).toBe('ref')
    expect(thread.store.getState()).toMatchObject({ status: 'ready', turns: [] })
  })

  it.each([{ end: 'exploded' }, { error: { code: 'nonsense' } }, { error: 'text' }])(
    'takes what it can of an open turn with %j',
    async (change) => {
      const storage = await leftBehind('accepted')
      const [key = ''] = await storage.keys('')
      const record = JSON.parse(String(await storage.read(key))) as { open: object }
      await storage.write(key, JSON.stringify({ ...record, open: { ...record.open, ...change } }))
      const { thread } = open(storage)

      thread.store.subscribe(() => undefined)

      expect(thread.store.getState()).toMatchObject({
        error: { code: 'network' },
        turns: [{ runs: [{ end: 'interrupted', error: null }] }],
      })
    },
  )
})

describe('a thread and a slow storage', () => {
  it('is restoring until the record was read', async () => {
    const { storage, records, calls } = slowStorage()
    const [key = ''] = await (await leftBehind('failed')).keys('')
    await records.write(key, String(await (await leftBehind('failed')).read(key)))
    const { thread } = open(storage)
    thread.store.subscribe(() => undefined)
    await settled()
    expect(thread.store.getState()).toMatchObject({ isRestoring: true, turns: [] })

    calls[0]?.answer()
    await settled()

    expect(calls.map(({ name }) => name)).toEqual(['read'])
    expect(thread.store.getState()).toMatchObject({ isRestoring: false, status: 'error' })
    expect(questions(thread)).toEqual(['The question'])
  })

  async function sentWhileRestoring() {
    const slow = slowStorage()
    const before = await leftBehind('accepted')
    const [key = ''] = await before.keys('')
    await slow.records.write(key, String(await before.read(key)))
    const all = open(slow.storage)
    const sending = all.thread.send('Next')
    await settled()
    return { ...slow, ...all, key, sending }
  }

  it('shows a send while restoring at once, and asks when it knows the thread: one, never a second', async () => {
    const { thread, transport, calls } = await sentWhileRestoring()
    expect(questions(thread)).toEqual(['Next'])
    expect(thread.store.getState()).toMatchObject({ status: 'submitted', activity: 'connecting' })
    expect(transport.runs).toEqual([])

    calls[0]?.answer()
    await settled()

    expect(transport.runs).toHaveLength(1)
    expect(transport.run.request).toMatchObject({ threadRef: 'ref', input: { query: 'Next' } })
    expect(questions(thread)).toEqual(['The question', 'Next'])
    expect(thread.store.getState()).toMatchObject({ status: 'submitted', error: null })
  })

  it('asks a turn that it was given again while restoring, behind the question that comes back', async () => {
    const slow = slowStorage()
    const before = await leftBehind('failed')
    const [key = ''] = await before.keys('')
    await slow.records.write(key, String(await before.read(key)))
    const run = { id: 'r', messages: [], end: 'failed', error: null } as const
    const given = { id: 't', input: { query: 'Given' }, sentAt: 1, runs: [run] }
    const { thread, transport } = open(slow.storage, { initialTurns: [given] })
    void thread.retry()

    slow.calls[0]?.answer()
    await settled()

    expect(transport.run.request.input.query).toBe('Given')
    expect(questions(thread)).toEqual(['The question', 'Given'])
    expect(thread.store.getState()).toMatchObject({ status: 'submitted', error: null })
  })

  it('refuses a second send while restoring', async () => {
    const { thread, transport, calls } = await sentWhileRestoring()

    const second = await thread.send('Another')
    calls[0]?.answer()
    await settled()

    expect(second).toEqual({ sent: false, reason: 'busy' })
    expect(transport.runs).toHaveLength(1)
  })

  it('asks nobody after a stop while restoring', async () => {
    const { thread, transport, calls, sending } = await sentWhileRestoring()

    await thread.stop()
    expect(await sending).toMatchObject({ sent: true, end: 'stopped' })
    calls[0]?.answer()
    await settled()

    expect(transport.runs).toEqual([])
    expect(questions(thread)).toEqual(['The question', 'Next'])
    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
    expect(thread.threadRef).toBe('ref')
  })

  it('asks nobody and shows nothing after a reset while restoring', async () => {
    const { thread, transport, calls, sending } = await sentWhileRestoring()

    thread.reset()
    expect(await sending).toEqual({ sent: false, reason: 'canceled' })
    calls[0]?.answer()
    await settled()

    expect(transport.runs).toEqual([])
    expect(thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    expect(thread.threadRef).toBeNull()
  })

  it('asks nobody after a dispose while restoring', async () => {
    const { client, transport, calls, sending } = await sentWhileRestoring()

    client.dispose()
    calls[0]?.answer()
    await settled()

    expect(await sending).toEqual({ sent: false, reason: 'disposed' })
    expect(transport.runs).toEqual([])
  })

  it('shows nothing of a record that is read after a wipe', async () => {
    const { client, thread, calls } = await sentWhileRestoring()

    void client.wipe()
    calls[0]?.answer()
    await settled()

    expect(thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    expect(thread.threadRef).toBeNull()
  })

  it('asks when reading fails', async () => {
    const { transport, calls } = await sentWhileRestoring()

    calls[0]?.fail()
    await settled()

    expect(transport.run.request).toMatchObject({ threadRef: null, input: { query: 'Next' } })
  })

  it('writes one at a time, and what is stored last is the newest', async () => {
    const { records, calls, transport, key } = await sentWhileRestoring()
    calls[0]?.answer()
    await settled()
    await transport.run.push(runStart('ref-2'))
    await transport.run.push(runStart('ref-3'))
    await transport.run.push(runStart('ref-4'))
    expect(calls.map(({ name }) => name)).toEqual(['read', 'write'])

    calls[1]?.answer()
    await settled()
    expect(calls.map(({ name }) => name)).toEqual(['read', 'write', 'write'])
    calls[2]?.answer()
    await settled()

    expect(calls).toHaveLength(3)
    expect(JSON.parse(String(await records.read(key)))).toMatchObject({ threadRef: 'ref-4' })
  })

  it('writes on after a write that failed', async () => {
    const { records, calls, transport, key } = await sentWhileRestoring()
    calls[0]?.answer()
    await settled()
    await transport.run.push(runStart('ref-2'))

    calls[1]?.fail()
    await settled()
    calls[2]?.answer()
    await settled()

    expect(JSON.parse(String(await records.read(key)))).toMatchObject({ threadRef: 'ref-2' })
  })
})

describe('a thread and a storage that fails', () => {
  const fail = (): never => {
    throw new Error('denied')
  }
  const reject = () => Promise.reject(new Error('denied'))
  const broken: ThreadStorage = {
    isShared: false,
    read: fail,
    write: fail,
    remove: fail,
    keys: fail,
  }
  const rejecting: ThreadStorage = {
    isShared: false,
    read: reject,
    write: reject,
    remove: reject,
    keys: reject,
  }

  it.each([
    ['throws', broken],
    ['rejects', rejecting],
    ['throws only when it writes', { ...memoryStorage(), write: fail }],
    ['rejects only when it writes', { ...memoryStorage(), write: reject }],
  ])('sends, and continues its thread, with one that %s', async (_, storage) => {
    const { thread, transport } = open(storage)
    thread.store.subscribe(() => undefined)
    const first = thread.send('One')
    await settled()
    await transport.run.push(runStart('ref'), final('1'))
    await transport.run.end()

    void thread.send('Two')
    await settled()

    expect(await first).toMatchObject({ sent: true, end: 'done' })
    expect(transport.runs).toHaveLength(2)
    expect(transport.run.request.threadRef).toBe('ref')
    thread.reset()
    thread.clearError()
    expect(thread.store.getState().status).toBe('ready')
  })
})

describe('a thread and a storage that never answers', () => {
  afterEach(() => void vi.useRealTimers())
  const hangs = (): Promise<never> => new Promise(() => undefined)
  const handTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

  it('sends after two seconds without what is remembered', async () => {
    handTimers()
    const { thread, transport } = open({ ...memoryStorage(), read: hangs })
    void thread.send('Hi')
    await vi.advanceTimersByTimeAsync(1999)
    expect(transport.runs).toEqual([])

    await vi.advanceTimersByTimeAsync(1)

    expect(transport.run.request.input.query).toBe('Hi')
  })

  it('goes on in the conversation that is read after all, with the question that was asked meanwhile', async () => {
    handTimers()
    const { storage, records, calls } = slowStorage()
    const before = await leftBehind('done')
    const [key = ''] = await before.keys('')
    const stored = JSON.parse(String(await before.read(key))) as { readonly id: string }
    await records.write(key, JSON.stringify({ ...stored, draft: { query: 'A draft' } }))
    const { thread, transport } = open({ ...storage, isShared: false })
    const read = async (): Promise<unknown> => JSON.parse((await records.read(key)) ?? '')
    const answerAll = async (): Promise<void> => {
      for (let call = 0; call < calls.length; call += 1) {
        calls[call]?.answer()
        await settled()
      }
    }
    void thread.send('Hi')
    await vi.advanceTimersByTimeAsync(2000)
    await transport.run.push(delta('Hel'))

    await answerAll()
    expect(thread.threadRef).toBe('ref')
    expect(await read()).toMatchObject({
      id: stored.id,
      draft: { query: 'A draft' },
      open: { input: { query: 'Hi' } },
    })
    await transport.run.push(final('Hello'))
    await transport.run.end()
    await answerAll()

    expect(await read()).toMatchObject({ id: stored.id, draft: { query: 'A draft' }, open: null })
  })

  it('sends although what another tab may have written is never read', async () => {
    handTimers()
    const records = memoryStorage()
    let isHanging = false
    const storage: ThreadStorage = {
      ...records,
      isShared: true,
      read: (key) => (isHanging ? hangs() : Promise.resolve(records.read(key))),
    }
    const transport = handTransport()
    const { tabs } = fakeTabs()
    const client = createFluoClient({ transport, userScope: null, storage, tabs })
    const thread = client.thread({ agentId: 'agent' })
    thread.store.subscribe(() => undefined)
    await settled()
    isHanging = true

    void thread.send('Hi')
    await vi.advanceTimersByTimeAsync(2000)
    await settled()

    expect(transport.run.request.input.query).toBe('Hi')
  })

  it('signs out, and takes a record away that is written after all (F65)', async () => {
    handTimers()
    const records = memoryStorage()
    let write: () => void = () => undefined
    const storage: ThreadStorage = {
      ...records,
      async write(key, value) {
        await new Promise<void>((resolve) => (write = resolve))
        await records.write(key, value)
      },
    }
    const { client, thread } = open(storage)
    void thread.send('Hi')

    const wiping = client.wipe()
    await vi.advanceTimersByTimeAsync(2000)
    await expect(wiping).resolves.toBeUndefined()
    write()
    await settled()

    expect(await records.keys('')).toEqual([])
  })

  it.each(['remove', 'keys'] as const)('signs out where it never answers %s', async (call) => {
    handTimers()
    const { client, thread } = open({ ...memoryStorage(), [call]: hangs })
    void thread.send('Hi')

    const wiping = client.wipe()
    await vi.advanceTimersByTimeAsync(4000)

    await expect(wiping).resolves.toBeUndefined()
  })
})

describe('a storage whose promises are not of this realm', () => {
  const foreign = <T>(value: T): Promise<T> =>
    ({
      // oxlint-disable-next-line unicorn/no-thenable
      then(take: (value: T) => unknown) {
        queueMicrotask(() => take(value))
      },
    }) as unknown as Promise<T>

  it('restores the thread all the same', async () => {
    const records = memoryStorage()
    const transport = handTransport()
    const options = { transport, userScope: null }
    const first = createFluoClient({ ...options, storage: records }).thread({ agentId: 'agent' })
    void first.send('Hi')
    await transport.run.push({ type: 'run_start', threadRef: 'old' })

    const second = createFluoClient({
      ...options,
      storage: { ...records, read: (key) => foreign(records.read(key) as string | null) },
    }).thread({ agentId: 'agent' })
    void second.send('Again')
    await settled()

    expect(transport.run.request.threadRef).toBe('old')
  })
})
