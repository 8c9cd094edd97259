import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  fault,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { Transport } from '../transport/transport.ts'
import type { FluoErrorCode } from '../wire/errors.ts'
import { textOf } from './text-chunks.ts'
import type { Run, ThreadState, Turn } from './thread-state.ts'
import type { SendResult, Thread } from './thread.ts'

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
  return { client, transport, frames, thread: client.thread({ agentId: 'agent' }) }
}

function seen(thread: Thread): readonly string[] {
  const { status, activity } = thread.store.getState()
  return [status, activity]
}

const lastTurn = (thread: Thread): Turn | undefined => thread.store.getState().turns.at(-1)
const lastRun = (thread: Thread): Run | undefined => lastTurn(thread)?.runs.at(-1)
const textIn = (thread: Thread): string => {
  const run = lastRun(thread)
  return run === undefined ? '' : textOf(run)
}

describe('Thread.send', () => {
  it('goes from submitted over streaming to ready', async () => {
    const { thread, transport, frames } = setup()
    const steps: (readonly string[])[] = [seen(thread)]

    const sending = thread.send('Hi')
    steps.push(seen(thread))
    await transport.run.push()
    steps.push(seen(thread))
    await transport.run.push(runStart('ref'))
    steps.push(seen(thread))
    await transport.run.push(delta('Hello'))
    frames.paint()
    steps.push(seen(thread))
    await transport.run.push(final('Hello'))
    steps.push(seen(thread))
    await transport.run.end()
    steps.push(seen(thread))

    expect(steps).toEqual([
      ['ready', 'idle'],
      ['submitted', 'connecting'],
      ['submitted', 'open'],
      ['streaming', 'open'],
      ['streaming', 'open'],
      ['streaming', 'open'],
      ['ready', 'idle'],
    ])
    expect(await sending).toEqual({ sent: true, runId: lastRun(thread)?.id, end: 'done' })
    expect(lastRun(thread)).toMatchObject({ end: 'done', error: null })
    expect(textIn(thread)).toBe('Hello')
  })

  it('shows the turn at once, with its input', () => {
    const { thread } = setup()

    void thread.send({ query: 'Hi', contexts: ['ctx'] })

    expect(lastTurn(thread)).toMatchObject({
      input: { query: 'Hi', contexts: ['ctx'] },
      runs: [{ messages: [], end: null, error: null }],
    })
  })

  it('asks the transport once, with the whole input and no reference for a new thread', async () => {
    const { thread, transport } = setup()
    const input = { query: ' Hi ', documents: ['https://example.com/a.pdf'], metadata: { a: 1 } }

    void thread.send(input)
    await settled()

    expect(transport.runs.map(({ request }) => request)).toEqual([
      { runId: lastRun(thread)?.id, agentId: 'agent', threadRef: null, input },
    ])
  })

  it('continues the thread that the first run showed', async () => {
    const { thread, transport } = setup()
    void thread.send('One')
    await transport.run.push(runStart('ref'), final('1'))
    await transport.run.end()

    void thread.send('Two')

    expect(transport.run.request).toMatchObject({ threadRef: 'ref', input: { query: 'Two' } })
    expect(thread.store.getState().turns).toHaveLength(2)
  })

  it('is one call of the transport for 100 sends in a tick (F70)', async () => {
    const { thread, transport } = setup()

    const sends = Array.from({ length: 100 }, () => thread.send('Hi'))
    await transport.run.push(final('Hello'))
    await transport.run.end()

    const results = await Promise.all(sends)
    expect(transport.runs).toHaveLength(1)
    expect(results.filter(({ sent }) => sent)).toHaveLength(1)
    expect(results.filter((result) => !result.sent && result.reason === 'busy')).toHaveLength(99)
    expect(thread.store.getState().turns).toHaveLength(1)
  })

  it('is refused while a run is open, and changes nothing (F74)', async () => {
    const { thread, transport } = setup()
    void thread.send('One')
    const submitted = thread.store.getState()
    const first = await thread.send('Two')
    expect(thread.store.getState()).toBe(submitted)
    await transport.run.push(delta('a'))
    const streaming = thread.store.getState()

    const second = await thread.send('Two')

    expect([first, second]).toEqual([
      { sent: false, reason: 'busy' },
      { sent: false, reason: 'busy' },
    ])
    expect(thread.store.getState()).toBe(streaming)
  })

  it.each(['', '  \n\t ', { query: '' }, { query: ' ', documents: [] }])(
    'is refused without a word: %j (F75)',
    async (input) => {
      const { thread, transport } = setup()

      const result = await thread.send(input)

      expect(result).toEqual({ sent: false, reason: 'empty' })
      expect(transport.runs).toEqual([])
      expect(thread.store.getState().turns).toEqual([])
    },
  )

  it('takes a file without a word', () => {
    const { thread, transport } = setup()

    void thread.send({ query: '', images: ['https://example.com/a.png'] })

    expect(transport.runs).toHaveLength(1)
  })

  it('works detached from its thread', async () => {
    const { thread, transport } = setup()
    const { send, stop } = thread

    const sending = send('Hi')
    await stop()

    expect(await sending).toMatchObject({ sent: true, end: 'stopped' })
    expect(transport.runs).toHaveLength(1)
  })

  it('works again after every way of ending', async () => {
    const { thread, transport } = setup()
    const results: SendResult[] = []
    for (const ending of ['done', 'interrupted', 'failed', 'stopped'] as const) {
      const sending = thread.send(ending)
      if (ending !== 'failed') await transport.run.push(delta('a'))
      if (ending === 'done') await transport.run.push(final('a'))
      if (ending === 'failed') await transport.run.fail()
      else if (ending === 'stopped') await thread.stop()
      else await transport.run.end()
      results.push(await sending)
    }

    expect(results).toMatchObject([
      { end: 'done' },
      { end: 'interrupted' },
      { end: 'failed' },
      { end: 'stopped' },
    ])
    expect(thread.store.getState().turns.map(({ runs }) => runs.at(-1)?.end)).toEqual([
      'done',
      'interrupted',
      'failed',
      'stopped',
    ])
  })

  it('clears the error of the run before', async () => {
    const { thread, transport } = setup()
    void thread.send('One')
    await transport.run.fail()
    expect(thread.store.getState()).toMatchObject({ status: 'error', error: { code: 'network' } })

    void thread.send('Two')

    expect(thread.store.getState()).toMatchObject({ status: 'submitted', error: null })
  })
})

describe('Thread, the ways in which a run ends', () => {
  it('is interrupted when the stream ends without a final, and keeps the text (F03)', async () => {
    const { thread, transport } = setup()
    const sending = thread.send('Hi')
    await transport.run.push(delta('Hel'))

    await transport.run.end()

    expect(await sending).toMatchObject({ end: 'interrupted' })
    expect(seen(thread)).toEqual(['error', 'idle'])
    expect(thread.store.getState().error).toEqual({ code: 'network' })
    expect(textIn(thread)).toBe('Hel')
  })

  it('is interrupted when the stream breaks after an event (F02)', async () => {
    const { thread, transport } = setup()
    const sending = thread.send('Hi')
    await transport.run.push(delta('Hel'))

    await transport.run.fail()

    expect(await sending).toMatchObject({ end: 'interrupted' })
    expect(lastRun(thread)).toMatchObject({ end: 'interrupted', error: { code: 'network' } })
    expect(textIn(thread)).toBe('Hel')
  })

  it('is interrupted and keeps its text when an event is too large (F28)', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))

    await transport.run.fail(fault({ code: 'too-large' }))

    expect(lastRun(thread)).toMatchObject({ end: 'interrupted', error: { code: 'too-large' } })
    expect(textIn(thread)).toBe('Hel')
  })

  it('leaves an open tool unfinished (F41)', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await transport.run.push({ type: 'tool_start', callId: 'c1', name: 'calc' })

    await transport.run.end()

    expect(lastRun(thread)?.messages[0]?.parts).toMatchObject([{ status: 'unfinished' }])
  })

  it.each<FluoErrorCode>(['network', 'unauthorized', 'not-a-stream', 'thread-gone'])(
    'is failed with the facts when it never answered: %s',
    async (code) => {
      const { thread, transport } = setup()
      const sending = thread.send('Hi')

      await transport.run.fail(fault({ code, status: 499, retryAt: 1 }))

      expect(await sending).toMatchObject({ end: 'failed' })
      expect(thread.store.getState()).toMatchObject({
        status: 'error',
        activity: 'idle',
        error: { code, status: 499, retryAt: 1 },
      })
      expect(lastTurn(thread)?.input.query).toBe('Hi')
    },
  )

  it('is failed when something else than a FluoFault is thrown', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')

    await transport.run.fail(new TypeError('a bug in a transport'))

    expect(lastRun(thread)).toMatchObject({ end: 'failed', error: { code: 'network' } })
  })

  it('is failed when the transport throws at once', async () => {
    const transport = {
      start() {
        throw fault({ code: 'invalid' })
      },
    }
    const { thread } = setup({ transport })

    expect(await thread.send('Hi')).toMatchObject({ sent: true, end: 'failed' })
    expect(thread.store.getState().error).toEqual({ code: 'invalid' })
  })

  it('is failed as empty when the stream ends without an event (F15)', async () => {
    const { thread, transport } = setup()
    const sending = thread.send('Hi')
    await transport.run.push()

    await transport.run.end()

    expect(await sending).toMatchObject({ end: 'failed' })
    expect(thread.store.getState()).toMatchObject({ status: 'error', error: { code: 'empty' } })
  })

  it('is failed by an error event, keeps its text and stops reading (F42)', async () => {
    const { thread, transport } = setup()
    const sending = thread.send('Hi')
    await transport.run.push(delta('Hel'))

    await transport.run.push(
      { type: 'error', error: { code: 'upstream', detail: 'Overloaded' } },
      delta('after'),
    )

    expect(await sending).toMatchObject({ end: 'failed' })
    expect(thread.store.getState()).toMatchObject({
      status: 'error',
      error: { code: 'upstream', detail: 'Overloaded' },
    })
    expect(textIn(thread)).toBe('Hel')
    expect(transport.run.signal.aborted).toBe(true)
  })

  it('is done without a final for an agent that promises none', async () => {
    const { client, transport } = setup()
    const thread = client.thread({
      agentId: 'agent',
      threadKey: 'other',
      completion: 'end-of-stream',
    })
    const sending = thread.send('Hi')
    await transport.run.push(delta('Hello'))

    await transport.run.end()

    expect(await sending).toMatchObject({ end: 'done' })
    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
  })
})

describe('Thread.stop', () => {
  it('does nothing when no run is open', async () => {
    const { thread, transport } = setup()
    const before = thread.store.getState()

    await thread.stop()

    expect(thread.store.getState()).toBe(before)
    expect(transport.stopped).toEqual([])
  })

  it('stops before the first event, once', async () => {
    const { thread, transport } = setup()
    const sending = thread.send('Hi')

    await thread.stop()
    await thread.stop()

    expect(await sending).toMatchObject({ sent: true, end: 'stopped' })
    expect(seen(thread)).toEqual(['ready', 'idle'])
    expect(transport.run.signal.aborted).toBe(true)
    expect(transport.stopped).toEqual([
      { runId: transport.run.request.runId, agentId: 'agent', after: null },
    ])
  })

  it('stops in the middle, at once, with all text that came and the cursor it came to (F46)', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await transport.run.push(delta('Hel'), delta('lo'))
    expect(textIn(thread)).toBe('')

    void thread.stop()

    expect(textIn(thread)).toBe('Hello')
    expect(lastRun(thread)).toMatchObject({ end: 'stopped', error: null })
    expect(seen(thread)).toEqual(['ready', 'idle'])
    expect(transport.stopped).toMatchObject([{ after: '2' }])
    expect(transport.run.signal.aborted).toBe(true)
  })

  it('lets nothing in that comes after it', async () => {
    const transport = handTransport({ isDeaf: true })
    const onEvent = vi.fn<() => void>()
    const { thread, frames } = setup({ transport, onEvent })
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))
    await thread.stop()
    const stopped = thread.store.getState()

    await transport.run.push(delta('lo'), final('Hello'))
    await transport.run.end()
    frames.paint()

    expect(thread.store.getState()).toBe(stopped)
    expect(onEvent).toHaveBeenCalledTimes(1)
  })

  it('never rejects, whatever the transport does', async () => {
    const hand = handTransport()
    const failing = [
      () => Promise.reject(new Error('unreachable')),
      () => {
        throw new Error('a bug in a transport')
      },
    ]
    for (const stop of failing) {
      const { thread } = setup({ transport: { start: (...call) => hand.start(...call), stop } })
      const sending = thread.send('Hi')

      await expect(thread.stop()).resolves.toBeUndefined()

      expect(await sending).toMatchObject({ end: 'stopped' })
    }
  })

  it('names the last cursor that an event had', async () => {
    const stop = vi.fn<NonNullable<Transport['stop']>>(async () => undefined)
    const transport: Transport = {
      stop,
      async *start() {
        yield [{ cursor: '5', event: delta('a') }]
        yield [{ cursor: null, event: delta('b') }]
        await new Promise(() => undefined)
      },
    }
    const { thread } = setup({ transport })
    void thread.send('Hi')
    await settled()

    await thread.stop()

    expect(stop.mock.calls[0]?.[0]).toMatchObject({ after: '5' })
  })

  it('works with a transport that cannot stop', async () => {
    const hand = handTransport()
    const { thread } = setup({ transport: { start: (...call) => hand.start(...call) } })
    const sending = thread.send('Hi')

    await thread.stop()

    expect(await sending).toMatchObject({ end: 'stopped' })
  })
})

describe('Thread.retry', () => {
  async function interrupted() {
    const all = setup()
    void all.thread.send('Hi')
    await all.transport.run.push(runStart('ref'), delta('Hel'))
    await all.transport.run.fail()
    return all
  }

  it('makes a new run in the same turn and keeps what came before (F80)', async () => {
    const { thread, transport } = await interrupted()
    const turn = lastTurn(thread)

    const retrying = thread.retry()
    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(await retrying).toMatchObject({ sent: true, end: 'done' })
    expect(thread.store.getState().turns).toHaveLength(1)
    expect(lastTurn(thread)).toMatchObject({
      id: turn?.id,
      sentAt: turn?.sentAt,
      runs: [{ end: 'interrupted' }, { end: 'done' }],
    })
    expect(lastTurn(thread)?.runs[0]).toBe(turn?.runs[0])
    expect(lastTurn(thread)?.runs.map(textOf)).toEqual(['Hel', 'Hello'])
    expect(seen(thread)).toEqual(['ready', 'idle'])
  })

  it('asks with the same input, the same thread and a new run ID', async () => {
    const { thread, transport } = await interrupted()
    const first = transport.run.request

    void thread.retry()

    expect(transport.run.request).toEqual({
      ...first,
      threadRef: 'ref',
      runId: lastRun(thread)?.id,
    })
    expect(transport.run.request.runId).not.toBe(first.runId)
  })

  it('keeps a thread that is gone, with all that was said, until a new one is wanted (F68)', async () => {
    const { thread, transport } = setup()
    void thread.send('One')
    await transport.run.push(runStart('ref'), final('1'))
    await transport.run.end()
    void thread.send('Two')
    await transport.run.fail(fault({ code: 'thread-gone', status: 404 }))
    const left = thread.store.getState()

    void thread.retry()
    const asked = transport.run.request.threadRef
    await transport.run.fail(fault({ code: 'thread-gone', status: 404 }))
    void thread.retry({ inNewThread: true })
    await transport.run.push(runStart('ref-2'), final('2'))
    await transport.run.end()

    expect(left).toMatchObject({ status: 'error', error: { code: 'thread-gone' } })
    expect(left.turns.map(({ input }) => input.query)).toEqual(['One', 'Two'])
    expect(asked).toBe('ref')
    expect(transport.run.request).toMatchObject({ threadRef: null, input: { query: 'Two' } })
    expect(transport.runs).toHaveLength(4)
    expect(thread.threadRef).toBe('ref-2')
    const { turns } = thread.store.getState()
    expect(turns.map(({ runs }) => runs.map(textOf).join(''))).toEqual(['1', '2'])
  })

  it('asks in a new thread when that is wanted', async () => {
    const { thread, transport } = await interrupted()

    void thread.retry({ inNewThread: true })
    expect(transport.run.request.threadRef).toBeNull()
    await transport.run.push(runStart('ref-2'))

    expect(thread.threadRef).toBe('ref-2')
  })

  it('can be asked after a stop', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await thread.stop()

    void thread.retry()

    expect(transport.runs).toHaveLength(2)
    expect(seen(thread)).toEqual(['submitted', 'connecting'])
  })

  it('is refused while a run is open, after a done one, and without a turn', async () => {
    const { thread, transport } = setup()
    const without = await thread.retry()
    void thread.send('Hi')
    const busy = await thread.retry()
    await transport.run.push(final('Hello'))
    await transport.run.end()
    const done = await thread.retry()

    expect([without, busy, done]).toEqual([
      { sent: false, reason: 'empty' },
      { sent: false, reason: 'busy' },
      { sent: false, reason: 'empty' },
    ])
    expect(transport.runs).toHaveLength(1)
  })

  it('is one call of the transport for 100 retries in a tick', async () => {
    const { thread, transport } = await interrupted()

    for (let count = 0; count < 100; count += 1) void thread.retry()
    await settled()

    expect(transport.runs).toHaveLength(2)
    expect(lastTurn(thread)?.runs).toHaveLength(2)
  })

  it('can be asked from inside a subscription, the moment the run has failed', async () => {
    const { thread, transport } = setup()
    let retrying: Promise<SendResult> | undefined
    thread.store.subscribe(({ status }) => {
      if (status === 'error') retrying ??= thread.retry()
    })
    const sending = thread.send('Hi')

    await transport.run.fail(fault({ code: 'rate-limited' }))
    expect(await sending).toMatchObject({ end: 'failed' })
    await transport.run.push(runStart('ref'), delta('Hel'))
    await thread.stop()

    expect(await retrying).toMatchObject({ end: 'stopped' })
    expect(transport.runs).toHaveLength(2)
    expect(lastTurn(thread)?.runs.map(({ end }) => end)).toEqual(['failed', 'stopped'])
    expect(transport.run.signal.aborted).toBe(true)
  })
})

describe('Thread.reset', () => {
  it('leaves the run, forgets turns and reference, and resolves the send', async () => {
    const { thread, transport } = setup()
    const sending = thread.send('Hi')
    await transport.run.push(runStart('ref'), delta('Hel'))

    thread.reset()

    expect(thread.store.getState()).toEqual({
      turns: [],
      status: 'ready',
      activity: 'idle',
      error: null,
      isRestoring: false,
      writer: 'here',
      queued: [],
    })
    expect(thread.threadRef).toBeNull()
    expect(transport.run.signal.aborted).toBe(true)
    expect(transport.stopped).toEqual([])
    expect(await sending).toMatchObject({ sent: true })
  })

  it('lets no later commit of the old run in', async () => {
    const transport = handTransport({ isDeaf: true })
    const onRunEnd = vi.fn<() => void>()
    const { thread, frames } = setup({ transport, onRunEnd })
    void thread.send('Hi')
    await transport.run.push(runStart('ref'), delta('Hel'))

    thread.reset()
    const { run } = transport
    void thread.send('New')
    const asked = thread.store.getState()
    frames.paint()
    await run.push(runStart('ref-2'), delta('lo'), final('Hello'))
    await run.end()
    frames.paint()

    expect(thread.store.getState()).toBe(asked)
    expect(thread.threadRef).toBeNull()
    expect(onRunEnd).not.toHaveBeenCalled()
  })

  it('starts a new thread with the next send', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await transport.run.push(runStart('ref'), final('Hello'))
    await transport.run.end()

    thread.reset()
    void thread.send('New')

    expect(transport.run.request.threadRef).toBeNull()
    expect(thread.store.getState().turns).toHaveLength(1)
  })

  it('can be called from inside a subscription when the run has failed, and stays reset', async () => {
    const storage = memoryStorage()
    const { thread, transport } = setup({ storage })
    thread.store.subscribe(({ error }) => {
      if (error?.code === 'thread-gone') thread.reset()
    })
    const sending = thread.send('Hi')

    await transport.run.fail(fault({ code: 'thread-gone' }))

    expect(await sending).toMatchObject({ sent: true })
    expect(thread.store.getState()).toMatchObject({ turns: [], status: 'ready', error: null })
    const again = setup({ storage }).thread
    again.store.subscribe(() => undefined)
    expect(again.store.getState().turns).toEqual([])
  })

  it('can be called from inside a subscription when the last text comes, and stays reset', async () => {
    const storage = memoryStorage()
    const { thread, transport } = setup({ storage })
    thread.store.subscribe(() => {
      if (textIn(thread) === 'Hel') thread.reset()
    })
    void thread.send('Hi')
    await transport.run.push(delta('Hel'))

    await transport.run.end()

    expect(thread.store.getState()).toMatchObject({ turns: [], status: 'ready', error: null })
    const again = setup({ storage }).thread
    again.store.subscribe(() => undefined)
    expect(again.store.getState().turns).toEqual([])
  })

  it('can be called from inside onThread, and stays reset', async () => {
    const onEvent = vi.fn<() => void>()
    const { thread, transport, frames } = setup({ onEvent, onThread: (given) => given.reset() })
    const sending = thread.send('Hi')

    await transport.run.push(runStart('ref'), delta('Hel'))
    frames.paint()

    expect(await sending).toMatchObject({ sent: true })
    expect(thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    expect(thread.threadRef).toBeNull()
    expect(onEvent).not.toHaveBeenCalled()
  })
})

describe('Thread.clearError', () => {
  it('makes the thread ready and keeps how the turn ended', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await transport.run.fail()

    thread.clearError()

    expect(thread.store.getState()).toMatchObject({
      status: 'ready',
      activity: 'idle',
      error: null,
    })
    expect(lastRun(thread)).toMatchObject({ end: 'failed', error: { code: 'network' } })
  })

  it('does nothing without an error', () => {
    const { thread } = setup()
    void thread.send('Hi')
    const before = thread.store.getState()

    thread.clearError()

    expect(thread.store.getState()).toBe(before)
  })
})

describe('Thread, whose clock is set while it runs', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('keeps its turns in the order in which they were sent, and judges no run by it (F66)', async () => {
    const { thread, transport } = setup({ random: () => 0 })
    const day = 24 * 60 * 60 * 1000
    for (const [query, shift] of [
      ['One', -365 * day],
      ['Two', 2 * 365 * day],
    ] as const) {
      void thread.send(query)
      await transport.run.push(delta('Hel'))
      vi.setSystemTime(Date.now() + shift)
      vi.advanceTimersByTime(20_000)
      expect(seen(thread)).toEqual(['streaming', 'open'])
      await transport.run.push(final('Hello'))
      await transport.run.end()
    }
    void thread.send('Three')
    await transport.run.fail(fault({ code: 'rate-limited', retryAt: Date.now() + 10_000 }))
    vi.setSystemTime(Date.now() - 365 * day)
    vi.advanceTimersByTime(10_000)

    expect(thread.store.getState().turns.map(({ input }) => input.query)).toEqual([
      'One',
      'Two',
      'Three',
    ])
    expect(transport.runs).toHaveLength(4)
  })
})

describe('Thread, its state', () => {
  it('keeps the identity of settled turns while the next one streams', async () => {
    const { thread, transport, frames } = setup()
    void thread.send('One')
    await transport.run.push(final('1'))
    await transport.run.end()
    const [first] = thread.store.getState().turns

    void thread.send('Two')
    await transport.run.push(delta('2'))
    frames.paint()
    await transport.run.push(final('2'))
    await transport.run.end()

    expect(thread.store.getState().turns[0]).toBe(first)
  })

  it('is structured-cloneable at every step', async () => {
    const { thread, transport, frames } = setup()
    const states: ThreadState[] = []
    thread.store.subscribe((state) => states.push(state))

    void thread.send({ query: 'Hi', metadata: { a: [1] } })
    await transport.run.push(runStart('ref'), delta('Hel'))
    frames.paint()
    await transport.run.push({ type: 'tool_start', callId: 'c', name: 'calc', input: { x: 1 } })
    await transport.run.push({ type: 'unknown', event: 'x', raw: 'raw' })
    await transport.run.fail(fault({ code: 'limit', status: 500, retryAt: 1 }))

    expect(states.length).toBeGreaterThan(4)
    for (const state of states) expect(structuredClone(state)).toEqual(state)
  })

  it('holds the same object for the state at the start, without anything to write', () => {
    const { thread } = setup()

    expect(thread.store.getInitialState()).toBe(thread.store.getInitialState())
    expect(thread.store).not.toHaveProperty('setState')
  })

  it('goes on when a subscriber throws', async () => {
    const { thread, transport, frames } = setup()
    const deferred: (() => void)[] = []
    vi.stubGlobal('queueMicrotask', (task: () => void) => void deferred.push(task))
    thread.store.subscribe(() => {
      throw new Error('from the application')
    })

    const sending = thread.send('Hi')
    await transport.run.push(delta('Hel'))
    frames.paint()
    await transport.run.push(final('Hello'))
    await transport.run.end()
    vi.unstubAllGlobals()

    expect(await sending).toMatchObject({ end: 'done' })
    expect(textIn(thread)).toBe('Hello')
    expect(deferred.length).toBeGreaterThan(0)
    for (const task of deferred) expect(task).toThrow('from the application')
  })
})

describe('Thread with a server that goes quiet after the final', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  async function answered() {
    const storage = memoryStorage()
    const all = setup({ storage })
    const sending = all.thread.send('Hi')
    await all.transport.run.push(runStart('ref'), delta('Hello'), final('Hello'))
    return { ...all, storage, sending }
  }

  it('is ready after a second, and the send resolves as done', async () => {
    const { thread, sending } = await answered()
    vi.advanceTimersByTime(999)
    expect(seen(thread)).toEqual(['streaming', 'open'])

    vi.advanceTimersByTime(1)

    expect(seen(thread)).toEqual(['ready', 'idle'])
    expect(await sending).toMatchObject({ sent: true, end: 'done' })
  })

  it('reads on until the body ends', async () => {
    const { thread, transport } = await answered()
    vi.advanceTimersByTime(1000)
    expect(transport.run.signal.aborted).toBe(false)

    await transport.run.end()

    expect(lastRun(thread)).toMatchObject({ end: 'done', error: null })
    expect(seen(thread)).toEqual(['ready', 'idle'])
  })

  it('leaves the old body with the next send, and its run has ended as done', async () => {
    const { thread, transport } = await answered()
    vi.advanceTimersByTime(1000)
    const [first] = transport.runs

    void thread.send('Two')

    expect(first?.signal.aborted).toBe(true)
    expect(transport.runs).toHaveLength(2)
    expect(transport.run.request.threadRef).toBe('ref')
    expect(thread.store.getState().turns.map(({ runs }) => runs.at(-1)?.end)).toEqual([
      'done',
      null,
    ])
    expect(seen(thread)).toEqual(['submitted', 'connecting'])
  })

  it('streams again when an event comes late, and is ready again after the next final', async () => {
    const { thread, transport, frames } = await answered()
    vi.advanceTimersByTime(1000)

    await transport.run.push(delta('And'))
    frames.paint()
    const late = seen(thread)
    vi.advanceTimersByTime(10_000)
    const open = seen(thread)
    await transport.run.push(final('And more'))
    vi.advanceTimersByTime(1000)

    expect([late, open, seen(thread)]).toEqual([
      ['streaming', 'open'],
      ['streaming', 'open'],
      ['ready', 'idle'],
    ])
    expect(lastRun(thread)?.messages.map(textOf)).toEqual(['Hello', 'And more'])
  })

  it('is not ready while an event waits for its frame', async () => {
    const { thread, transport } = await answered()
    vi.advanceTimersByTime(900)

    await transport.run.push(delta('And'))
    vi.advanceTimersByTime(60_000)

    expect(seen(thread)).toEqual(['streaming', 'open'])
  })

  it('can be reset by whoever sees it stream again, and stays reset', async () => {
    const { thread, transport } = await answered()
    vi.advanceTimersByTime(1000)
    thread.store.subscribe(({ status }) => {
      if (status === 'streaming') thread.reset()
    })

    await transport.run.push(runStart('ref-2'))

    expect(thread.store.getState()).toMatchObject({ turns: [], status: 'ready' })
    expect(thread.threadRef).toBeNull()
  })

  it('waits a whole second after the last event, and comments are none (F07)', async () => {
    const { thread, transport } = await answered()
    vi.advanceTimersByTime(900)
    await transport.run.push({ type: 'unknown', event: 'usage', raw: '{}' })
    vi.advanceTimersByTime(900)
    await transport.run.push()
    expect(seen(thread)).toEqual(['streaming', 'open'])

    vi.advanceTimersByTime(100)

    expect(seen(thread)).toEqual(['ready', 'idle'])
  })

  it.each([
    ['an empty delta', { type: 'message_delta' }],
    ['empty thinking', { type: 'thinking_part', text: '' }],
    ['a run_start', { type: 'run_start' }],
    ['the same final again', { type: 'message_final', text: 'Hello' }],
  ] as const)('is ready although %s comes after the final', async (_, event) => {
    const { thread, transport, frames } = await answered()

    await transport.run.push(event)
    frames.paint() // the final
    frames.paint()
    vi.advanceTimersByTime(1000)

    expect(seen(thread)).toEqual(['ready', 'idle'])
  })

  it('is not ready while a tool runs or no final has come', async () => {
    const { thread, transport, frames } = setup()
    void thread.send('Hi')
    await transport.run.push({ type: 'tool_start', callId: 'c1' }, final('Hello'))
    vi.advanceTimersByTime(60_000)
    const withTool = seen(thread)
    await transport.run.push({ type: 'tool_end', callId: 'c1' }, delta('more'))
    frames.paint()
    vi.advanceTimersByTime(60_000)

    expect([withTool, seen(thread)]).toEqual([
      ['streaming', 'open'],
      ['streaming', 'open'],
    ])
  })

  it('ends as done when it is stopped while it is quiet, and as stopped before', async () => {
    const quiet = await answered()
    vi.advanceTimersByTime(1000)
    await quiet.thread.stop()
    const early = await answered()
    await early.thread.stop()

    expect(lastRun(quiet.thread)?.end).toBe('done')
    expect(seen(quiet.thread)).toEqual(['ready', 'idle'])
    expect(lastRun(early.thread)?.end).toBe('stopped')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is done when the body breaks while it is quiet', async () => {
    const { thread, transport, sending } = await answered()
    vi.advanceTimersByTime(1000)

    await transport.run.fail()

    expect(await sending).toMatchObject({ end: 'done' })
    expect(lastRun(thread)?.end).toBe('done')
    expect(thread.store.getState()).toMatchObject({ status: 'ready', error: null })
  })

  it('takes one send when a callback of the run that it leaves sends as well', async () => {
    const results: Promise<SendResult>[] = []
    const { thread, transport } = setup({
      onRunEnd: (_, given) => void results.push(given.send('From the callback')),
    })
    void thread.send('Hi')
    await transport.run.push(final('Hello'))
    vi.advanceTimersByTime(1000)

    const second = await thread.send('Two')

    expect(second).toEqual({ sent: false, reason: 'busy' })
    expect(transport.runs.map(({ request }) => request.input.query)).toEqual([
      'Hi',
      'From the callback',
    ])
    expect(thread.store.getState().turns).toHaveLength(2)
    expect(results).toHaveLength(1)
  })

  it('refuses a retry of what was answered', async () => {
    const { thread, transport } = await answered()
    vi.advanceTimersByTime(1000)

    expect(await thread.retry()).toEqual({ sent: false, reason: 'empty' })
    expect(transport.runs).toHaveLength(1)
  })

  it('leaves no timer behind when it is reset', async () => {
    const { thread } = await answered()

    thread.reset()

    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('Thread.send, for what TypeScript would have stopped', () => {
  it.each([{}, undefined, 5, null])('refuses %j as empty', async (input) => {
    const { thread, transport } = setup()

    expect(await thread.send(input as never)).toEqual({ sent: false, reason: 'empty' })
    expect(transport.runs).toEqual([])
  })

  it.each([
    { type: 'message_delta', text: 7 },
    { type: 'error' },
    { type: 'tool_end', callId: 5 },
    null,
  ])('ends the run for a transport that brings %j, and can send again', async (event) => {
    const { thread, transport } = setup()
    const sent = thread.send('Hi')

    await transport.run.push(event as never)
    await transport.run.end()

    expect(await sent).toMatchObject({ sent: true })
    expect(['error', 'ready']).toContain(thread.store.getState().status)
    void thread.send('Again')
    expect(transport.runs).toHaveLength(2)
  })

  it('tells whoever subscribes of a thread reference that comes late', async () => {
    const { thread, transport } = setup()
    void thread.send('Hi')
    await transport.run.push(delta('a'))
    const seenRefs: (string | null)[] = []
    thread.store.subscribe(() => seenRefs.push(thread.threadRef))

    await transport.run.push({ type: 'run_start', threadRef: 'late' })

    expect(seenRefs).toContain('late')
  })
})
