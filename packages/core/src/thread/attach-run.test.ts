import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  fault,
  final,
  handFrames,
  handTransport,
  runStart,
} from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { AcceptedRun } from '../client/client-watcher.ts'
import type { FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { parseThreadRecord, type ThreadRecord } from './thread-record.ts'

function setup(options: Partial<FluoClientOptions> = {}) {
  const transport = handTransport()
  const storage = memoryStorage()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage,
    schedule: handFrames().schedule,
    ...options,
  })
  const record = async (): Promise<ThreadRecord | null> => {
    const [key = ''] = await storage.keys('')
    return parseThreadRecord(await storage.read(key))
  }
  return { client, transport, storage, record, thread: client.thread({ agentId: 'agent' }) }
}

describe('attachRun, the callbacks of the client', () => {
  it('are called with every event, with the reference, with the run and with the error', async () => {
    const onEvent = vi.fn<NonNullable<FluoClientOptions['onEvent']>>()
    const onThread = vi.fn<NonNullable<FluoClientOptions['onThread']>>()
    const onRunEnd = vi.fn<NonNullable<FluoClientOptions['onRunEnd']>>()
    const onError = vi.fn<NonNullable<FluoClientOptions['onError']>>()
    const { thread, transport } = setup({ onEvent, onThread, onRunEnd, onError })
    void thread.send('Hi')

    await transport.run.push(runStart('ref'), delta('Hel'))
    await transport.run.fail(fault({ code: 'limit' }))

    const run = thread.store.getState().turns[0]?.runs[0]
    expect(onEvent.mock.calls).toEqual([
      [runStart('ref'), thread],
      [delta('Hel'), thread],
    ])
    expect(onThread.mock.calls).toEqual([[thread, 'ref']])
    expect(onRunEnd.mock.calls).toEqual([[run, thread]])
    expect(onRunEnd.mock.calls[0]?.[0]).toBe(run)
    expect(onError.mock.calls).toEqual([[{ code: 'limit' }, thread]])
  })

  it('hear of no error after a good end', async () => {
    const onError = vi.fn<() => void>()
    const onRunEnd = vi.fn<() => void>()
    const { thread, transport } = setup({ onError, onRunEnd })
    void thread.send('Hi')

    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(onRunEnd).toHaveBeenCalledTimes(1)
    expect(onError).not.toHaveBeenCalled()
  })

  it('hear of a reference once, and of another one again', async () => {
    const onThread = vi.fn<NonNullable<FluoClientOptions['onThread']>>()
    const { thread, transport } = setup({ onThread })
    void thread.send('Hi')

    await transport.run.push(runStart('ref'), { type: 'message_final', threadRef: 'ref' })
    await transport.run.push(runStart('resealed'))

    expect(onThread.mock.calls.map(([, threadRef]) => threadRef)).toEqual(['ref', 'resealed'])
    expect(thread.threadRef).toBe('resealed')
  })

  it('see a state that can be sent from when a run has ended', async () => {
    const statuses: string[] = []
    const { thread, transport } = setup({
      onRunEnd: (_, given) => void statuses.push(given.store.getState().status),
      onError: (_, given) => void statuses.push(given.store.getState().status),
    })
    void thread.send('Hi')

    await transport.run.fail()

    expect(statuses).toEqual(['error', 'error'])
  })

  describe('that throw', () => {
    const deferred: (() => void)[] = []
    afterEach(() => {
      vi.unstubAllGlobals()
      deferred.length = 0
    })

    it('never reach the run: what they throw is thrown later (F50)', async () => {
      vi.stubGlobal('queueMicrotask', (task: () => void) => void deferred.push(task))
      const broken = () => {
        throw new Error('from the application')
      }
      const { client, thread, transport } = setup({
        onEvent: broken,
        onThread: broken,
        onRunEnd: broken,
        onError: broken,
      })
      client.subscribeRuns(broken)
      const sending = thread.send('Hi')

      await transport.run.push(runStart('ref'), delta('Hello'))
      await transport.run.push(final('Hello'))
      await transport.run.fail()

      expect(await sending).toMatchObject({ sent: true, end: 'interrupted' })
      expect(thread.threadRef).toBe('ref')
      // onThread, subscribeRuns, three events, onRunEnd, onError
      expect(deferred).toHaveLength(7)
      for (const task of deferred) expect(task).toThrow('from the application')
    })
  })
})

describe('attachRun, the thread reference', () => {
  it('is adopted and stored in the tick of its event, before the frame and before onEvent', async () => {
    const storage = memoryStorage()
    const at: (string | null)[] = []
    const { thread, transport } = setup({
      storage,
      onEvent: (_, given) => void at.push(given.threadRef, storedRef()),
    })
    const storedRef = (): string | null => {
      const [key = ''] = storage.keys('') as readonly string[]
      return parseThreadRecord(storage.read(key) as string | null)?.threadRef ?? null
    }
    void thread.send('Hi')
    expect(storedRef()).toBeNull()

    await transport.run.push({ type: 'message_delta', text: 'a', threadRef: 'ref' })

    expect(at).toEqual(['ref', 'ref'])
  })

  it('of a second thread is reported as a conflict and not adopted (F39)', async () => {
    const onError = vi.fn<NonNullable<FluoClientOptions['onError']>>()
    const onThread = vi.fn<() => void>()
    const { thread, transport } = setup({ onError, onThread })
    const sending = thread.send('Hi')

    await transport.run.push(
      runStart('ref'),
      delta('Hel'),
      { type: 'error', error: { code: 'thread-conflict' } },
      delta('lo'),
    )
    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(await sending).toMatchObject({ end: 'done' })
    expect(onError.mock.calls).toEqual([[{ code: 'thread-conflict' }, thread]])
    expect(onThread).toHaveBeenCalledTimes(1)
    expect(thread.threadRef).toBe('ref')
    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
  })
})

describe('attachRun, the record', () => {
  it('holds the open turn from the tick of the send on', async () => {
    const { thread, record, transport } = setup()

    void thread.send('Hi')

    expect(await record()).toMatchObject({
      threadRef: null,
      open: {
        turnId: thread.store.getState().turns[0]?.id,
        input: { query: 'Hi' },
        run: { runId: transport.run.request.runId, agentId: 'agent', after: null },
        isAccepted: false,
        end: null,
        error: null,
      },
    })
  })

  it('says that the run was accepted from its first event on', async () => {
    const { thread, record, transport } = setup()
    void thread.send('Hi')
    await transport.run.push()
    expect(await record()).toMatchObject({ open: { isAccepted: false } })

    await transport.run.push(runStart())

    expect(await record()).toMatchObject({ open: { isAccepted: true } })
  })

  it.each(['done', 'stopped'] as const)('forgets a turn that is %s', async (end) => {
    const { thread, record, transport } = setup()
    void thread.send('Hi')
    await transport.run.push(runStart('ref'), final('Hello'))

    await (end === 'done' ? transport.run.end() : thread.stop())

    expect(await record()).toMatchObject({ threadRef: 'ref', open: null })
  })

  it("keeps a failed turn with its facts, but not the server's words", async () => {
    const { thread, record, transport } = setup()
    void thread.send('Hi')

    await transport.run.fail(fault({ code: 'upstream', status: 500, detail: 'secret words' }))

    expect(await record()).toMatchObject({
      open: { input: { query: 'Hi' }, end: 'failed', error: { code: 'upstream', status: 500 } },
    })
    expect(JSON.stringify(await record())).not.toContain('secret words')
  })

  it('holds nothing of an answer', async () => {
    const { thread, record, transport } = setup()
    void thread.send('Hi')

    await transport.run.push(delta('the answer'), {
      type: 'tool_start',
      name: 'the tool',
      input: 'the input',
    })
    await transport.run.fail()

    expect(JSON.stringify(await record())).not.toMatch(/the (answer|tool|input)/)
  })
})

describe('FluoClient.subscribeRuns', () => {
  it('tells of a run with its first event, once, and when the thread is ready', async () => {
    const { client, thread, transport } = setup()
    const runs: AcceptedRun[] = []
    client.subscribeRuns((run) => void runs.push(run))
    void thread.send('Hi')
    await transport.run.push()
    expect(runs).toEqual([])

    await transport.run.push(runStart('ref'))
    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(runs).toEqual([
      { thread, runId: transport.run.request.runId, ready: expect.any(Promise) as unknown },
    ])
    expect(await runs[0]?.ready).toBe('done')
  })

  it('tells nothing of a run that was never accepted, and nothing once it is unsubscribed', async () => {
    const { client, thread, transport } = setup()
    const listener = vi.fn<() => void>()
    const unsubscribe = client.subscribeRuns(listener)
    void thread.send('Hi')
    await transport.run.fail()
    expect(listener).not.toHaveBeenCalled()

    unsubscribe()
    void thread.retry()
    await transport.run.push(runStart())

    expect(listener).not.toHaveBeenCalled()
  })
})
