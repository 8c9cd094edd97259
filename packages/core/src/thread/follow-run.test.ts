import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
import { streamOf, stubFetch } from '../__fixtures__/stub-fetch.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { relayTransport } from '../transport/relay-transport.ts'
import type { EventBatches } from '../transport/transport.ts'
import type { FluoErrorCode, FluoFault } from '../wire/errors.ts'
import { textOf } from './text-chunks.ts'
import type { RunEnd, ThreadState } from './thread-state.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

interface Asked {
  readonly transport: HandTransport
  readonly thread: ReturnType<ReturnType<typeof createFluoClient>['thread']>
  readonly client: ReturnType<typeof createFluoClient>
  readonly sending: Promise<unknown>
  readonly state: () => ThreadState
  readonly text: () => string
  readonly end: () => RunEnd | null | undefined
}

/** A thread whose question has been sent, through a transport that can resume. */
function asked(options: Partial<FluoClientOptions> = {}): Asked {
  const transport = handTransport({ canResume: true })
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    schedule: handFrames().schedule,
    random: () => 0,
    ...options,
  })
  const thread = client.thread({ agentId: 'agent' })
  const sending = thread.send('Hi')
  const state = thread.store.getState
  const run = () => state().turns.at(-1)?.runs.at(-1)
  return {
    transport,
    thread,
    client,
    sending,
    state,
    text: () => textOf(run() ?? { id: '', messages: [], end: null, error: null }),
    end: () => run()?.end,
  }
}

async function pass(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds)
  await settled()
}

const notFound = fault({ code: 'empty', status: 204 })

/** Fails every try until the run is over, and tells when each of them came. */
async function failAll({ transport, end }: Asked, how?: FluoFault): Promise<readonly number[]> {
  const start = performance.now()
  const times: number[] = []
  while (end() === null) {
    if (transport.resumes.length === times.length) await pass(100)
    else {
      times.push(performance.now() - start)
      await transport.resumed.fail(how)
    }
  }
  return times
}

describe('followRun, when the connection is lost', () => {
  it('says so, reads on behind the last event, and asks for nothing again (F02)', async () => {
    const onEvent = vi.fn<() => void>()
    const { transport, thread, sending, state, text } = asked({ onEvent })
    await transport.run.push(runStart('ref'), delta('Hel'))

    await transport.run.fail()

    expect(state()).toMatchObject({ status: 'streaming', activity: 'resuming', error: null })
    expect(text()).toBe('Hel')
    const { runId } = transport.run.request
    expect(transport.resumed.call).toEqual({ runId, agentId: 'agent', after: '2' })
    await transport.resumed.push()
    expect(state().activity).toBe('open')
    await transport.resumed.push(delta('lo'), final('Hello'))
    await transport.resumed.end('done')
    expect(await sending).toMatchObject({ sent: true, end: 'done' })
    expect(text()).toBe('Hello')
    expect(onEvent).toHaveBeenCalledTimes(4)
    expect(transport.runs).toHaveLength(1)
    expect(thread.threadRef).toBe('ref')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('takes an event once, however far back the server begins again', async () => {
    const events = ['One ', 'two ', 'three '].map((text, index) => ({
      cursor: `c${index}`,
      event: delta(text),
    }))
    const cuts = [2, 1, 3]
    async function* connection(): EventBatches {
      const cut = cuts.shift() ?? 0
      yield events.slice(0, cut)
      await Promise.resolve()
      if (cut < events.length) throw fault({ code: 'network' })
      return 'stopped'
    }
    const { sending, text } = asked({
      transport: { start: connection, resume: connection, stop: async () => undefined },
    })
    await pass(0)
    await pass(500)

    expect(await sending).toMatchObject({ end: 'stopped' })
    expect(text()).toBe('One two three ')
  })

  it('tells every event of one frame, and what has no cursor, also where the frame comes again', async () => {
    const at = (cursor: string | null, text: string) => ({ cursor, event: delta(text) })
    const bodies = [
      [at('a', 'a1 '), at('a', 'a2 '), at(null, 'n1 '), at('b', 'b1 ')],
      [at('a', 'a1 '), at('a', 'a2 '), at('b', 'b1 '), at(null, 'n2 ')],
      [at('b', 'b1 '), at('c', 'c1 '), at('c', 'c2 '), at(null, 'n3 '), at('c', 'c3 ')],
    ]
    async function* connection(): EventBatches {
      const isLast = bodies.length === 1
      yield bodies.shift() ?? []
      if (!isLast) throw fault({ code: 'network' })
      return 'stopped'
    }
    const { sending, text } = asked({
      transport: { start: connection, resume: connection, stop: async () => undefined },
    })
    await pass(0)
    await pass(500)

    await sending
    expect(text()).toBe('a1 a2 n1 b1 n2 c1 c2 n3 c3 ')
  })

  it('knows the last events of a long run again', async () => {
    const frame = (index: number) => [{ cursor: `c${index}`, event: delta(`${index}\n`) }]
    async function* frames(from: number, to: number): EventBatches {
      for (let index = from; index < to; index += 1) yield frame(index)
      if (to < 1003) throw fault({ code: 'network' })
      return 'stopped'
    }
    const transport = {
      start: () => frames(0, 1000),
      resume: () => frames(1000 - 64, 1003),
      stop: async () => undefined,
    }
    const { sending, text } = asked({ transport })

    await sending

    expect(text()).toBe(Array.from({ length: 1003 }, (_, index) => `${index}\n`).join(''))
  })

  it('tries at once, then ever more slowly, for two minutes, and keeps what came', async () => {
    const open = asked()
    const { transport, state, end, text } = open
    await transport.run.push(delta('Hel'))
    const start = performance.now()

    await transport.run.fail()
    const times = await failAll(open)

    expect(times.slice(0, 7)).toEqual([0, 500, 1500, 3500, 7500, 12_500, 17_500])
    expect(times.at(-1)).toBeGreaterThan(110_000)
    expect(performance.now() - start).toBeLessThan(121_000)
    expect(end()).toBe('interrupted')
    expect(text()).toBe('Hel')
    expect(state()).toMatchObject({ status: 'error', error: { code: 'network' } })
  })

  it.each<[FluoErrorCode, number, RunEnd, FluoErrorCode]>([
    ['empty', 204, 'interrupted', 'network'],
    ['forbidden', 404, 'interrupted', 'network'],
    ['invalid', 422, 'interrupted', 'network'],
    ['forbidden', 403, 'interrupted', 'forbidden'],
    ['unauthorized', 401, 'interrupted', 'unauthorized'],
  ])(
    'gives up at once where the answer is %s (%i), and keeps what came (F79)',
    async (code, status, how, shown) => {
      const { transport, sending, state, text } = asked()
      await transport.run.push(delta('Hel'))
      await transport.run.fail()

      await transport.resumed.fail(fault({ code, status }))

      expect(await sending).toMatchObject({ end: how })
      expect(state()).toMatchObject({ status: 'error', error: { code: shown } })
      expect(text()).toBe('Hel')
      expect(transport.resumes).toHaveLength(1)
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it.each([
    fault({ code: 'upstream', status: 502 }),
    fault({ code: 'not-a-stream', status: 200 }),
    fault({ code: 'rate-limited', status: 429 }),
  ])('tries again where a server or a page stands in the way: %s', async (refusal) => {
    const { transport, text } = asked()
    await transport.run.push(delta('Hel'))
    await transport.run.fail()
    await transport.resumed.fail(refusal)

    await pass(500)
    await transport.resumed.push(delta('lo'))
    await transport.resumed.end('done')

    expect(transport.resumes).toHaveLength(2)
    expect(text()).toBe('Hello')
  })

  it('waits for as long as a refusal asks, whatever the page says', async () => {
    vi.stubGlobal('addEventListener', undefined)
    const { transport } = asked()
    await transport.run.push(delta('Hel'))
    await transport.run.fail()
    await transport.resumed.fail(fault({ code: 'rate-limited', retryAt: Date.now() + 8000 }))

    await pass(7999)
    expect(transport.resumes).toHaveLength(1)
    await pass(1)
    expect(transport.resumes).toHaveLength(2)
  })

  it('begins its patience anew once the run was found and something came', async () => {
    const { transport, end } = asked()
    await transport.run.push(delta('a'))
    await transport.run.fail()

    for (let round = 0; round < 5; round += 1) {
      for (const delay of [0, 500, 1000, 2000, 4000, 5000]) {
        await pass(delay)
        await transport.resumed.fail()
      }
      await pass(5000)
      await transport.resumed.push(delta('b'))
      await pass(60_000)
      await transport.resumed.fail()
    }

    expect(end()).toBeNull()
  })

  it('does not run in circles where each connection is cut as soon as it is there', async () => {
    const { transport, end } = asked()
    await transport.run.push(delta('a'))
    await transport.run.fail()

    for (let passed = 0; end() === null && passed < 200; passed += 1) {
      if (!transport.resumed.signal.aborted) {
        await transport.resumed.push()
        await transport.resumed.fail()
      }
      await pass(1000)
    }

    expect(end()).toBe('interrupted')
    expect(transport.resumes.length).toBeLessThan(40)
  })

  it('tries when the page comes back online, and listens to that no longer than it waits (P6)', async () => {
    const page = new EventTarget()
    const added = vi.spyOn(page, 'addEventListener')
    const removed = vi.spyOn(page, 'removeEventListener')
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    const { transport, thread } = asked()
    await transport.run.push(delta('a'))
    expect(added).not.toHaveBeenCalled()
    await transport.run.fail()
    for (const delay of [0, 500, 1000]) {
      await pass(delay)
      await transport.resumed.fail()
    }

    page.dispatchEvent(new Event('online'))
    await settled()

    expect(transport.resumes).toHaveLength(4)
    await thread.stop()
    expect(added).toHaveBeenCalledTimes(3)
    expect(removed.mock.calls).toEqual(added.mock.calls)
  })

  it('stops here and at the server when the person stops meanwhile (F46)', async () => {
    const { transport, thread, sending, state } = asked()
    await transport.run.push(delta('Hel'))
    await transport.run.fail()
    await transport.resumed.fail()

    await thread.stop()

    expect(await sending).toMatchObject({ end: 'stopped' })
    const { runId } = transport.run.request
    expect(transport.stopped).toEqual([{ runId, agentId: 'agent', after: '1' }])
    expect(state()).toMatchObject({ status: 'ready', activity: 'idle' })
    await pass(200_000)
    expect(transport.resumes).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['dispose', 'wipe'] as const)('leaves nothing that waits behind a %s', async (how) => {
    const { transport, client } = asked()
    await transport.run.push(delta('Hel'))
    await transport.run.fail()
    await transport.resumed.fail()

    void client[how]()
    await pass(200_000)

    expect(transport.resumes).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not call an answer slow or quiet that is being looked for', async () => {
    const { transport, state } = asked()
    await transport.run.push(final('Hello'))
    await transport.run.fail()

    await pass(20_000)

    expect(state()).toMatchObject({ status: 'streaming', activity: 'resuming' })
    await transport.resumed.push()
    await pass(1000)
    expect(state()).toMatchObject({ status: 'ready', activity: 'idle' })
  })

  it('takes an answer for whole that had looked so for a second, and looks for nothing', async () => {
    const { transport, sending } = asked()
    await transport.run.push(final('Hello'))
    await pass(1000)

    await transport.run.fail()

    expect(await sending).toMatchObject({ end: 'done' })
    expect(transport.resumes).toHaveLength(0)
  })

  it('looks for nothing where something else went wrong than the network', async () => {
    const { transport, sending } = asked()
    await transport.run.push(delta('Hel'))

    await transport.run.fail(fault({ code: 'too-large' }))

    expect(await sending).toMatchObject({ end: 'interrupted' })
    expect(transport.resumes).toHaveLength(0)
  })
})

describe('followRun, before a byte has come', () => {
  it('fails within five seconds where no server is there, with the question kept (F01)', async () => {
    const open = asked()
    const { transport, sending, state } = open
    await settled()
    const start = performance.now()

    await transport.run.fail()
    await failAll(open)

    expect(await sending).toMatchObject({ sent: true, end: 'failed' })
    expect(performance.now() - start).toBeLessThan(5000)
    expect(transport.resumes).toHaveLength(4)
    expect(transport.runs).toHaveLength(1)
    expect(state()).toMatchObject({
      turns: [{ input: { query: 'Hi' } }],
      error: { code: 'network' },
    })
  })

  it('finds a run whose answer never began to arrive, and never asks for it again', async () => {
    const { transport, sending, text } = asked()
    await settled()
    await transport.run.fail()

    expect(transport.resumed.call.after).toBeNull()
    await transport.resumed.push(runStart('ref'), final('Hello'))
    await transport.resumed.end('done')

    expect(await sending).toMatchObject({ end: 'done' })
    expect(text()).toBe('Hello')
    expect(transport.runs).toHaveLength(1)
  })

  it('ends as unknown where the server that was asked knows nothing of it', async () => {
    const open = asked()
    const { transport, sending, state } = open
    await settled()
    await transport.run.fail()
    const start = performance.now()

    await failAll(open, notFound)

    expect(await sending).toMatchObject({ end: 'unknown' })
    expect(state().error).toEqual({ code: 'empty' })
    expect(transport.resumes).toHaveLength(3) // it may have been looked for before it was noted there
    expect(performance.now() - start).toBeLessThan(5000)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('finds a run that the server noted after it was looked for', async () => {
    const { transport, sending, text } = asked()
    await settled()
    await transport.run.fail()
    await transport.resumed.fail(notFound)

    await pass(500)
    await transport.resumed.push(runStart('ref'), final('Hello'))
    await transport.resumed.end('done')

    expect(await sending).toMatchObject({ end: 'done' })
    expect(text()).toBe('Hello')
    expect(transport.runs).toHaveLength(1)
  })

  it('believes a server at once that had ten seconds to note it', async () => {
    const { transport, sending } = asked()
    await pass(10_000)
    await transport.run.fail()

    await transport.resumed.fail(notFound)

    expect(await sending).toMatchObject({ end: 'unknown' })
    expect(transport.resumes).toHaveLength(1)
  })

  it('does not say that nobody was there where a server had answered in between', async () => {
    const open = asked()
    await settled()
    await open.transport.run.fail()
    await open.transport.resumed.fail(notFound)

    await failAll(open)

    expect(await open.sending).toMatchObject({ end: 'unknown' })
  })
})

describe('followRun, where a proxy has answered in the place of the server', () => {
  const badGateway = fault({ code: 'network', status: 502, requestId: 'req' })

  it('looks for the run, which may be there, and never asks for it again (F20)', async () => {
    const { transport, sending, state, text } = asked()
    await settled()

    await transport.run.fail(badGateway)

    expect(state()).toMatchObject({ status: 'submitted', activity: 'resuming' })
    expect(transport.resumed.call.after).toBeNull()
    await transport.resumed.push(runStart('ref'), final('Hello'))
    await transport.resumed.end('done')
    expect(await sending).toMatchObject({ end: 'done' })
    expect(text()).toBe('Hello')
    expect(transport.runs).toHaveLength(1)
  })

  it.each([
    ['knows nothing of it', notFound],
    ['is not there', fault({ code: 'network' })],
    ['is behind the same proxy', badGateway],
  ])('is unknown where the server then %s, with what the proxy said (F20)', async (_, answer) => {
    const open = asked()
    await settled()
    const start = performance.now()

    await open.transport.run.fail(badGateway)
    await failAll(open, answer)

    expect(await open.sending).toMatchObject({ end: 'unknown' })
    expect(open.state()).toMatchObject({
      turns: [{ input: { query: 'Hi' } }],
      error: { code: 'upstream', status: 502, requestId: 'req' },
    })
    expect(performance.now() - start).toBeLessThan(5000)
    expect(open.transport.runs).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('finds it through the transport to the relay (F20)', async () => {
    const { fetch, calls } = stubFetch(
      new Response('<h1>Bad gateway</h1>', { status: 502 }),
      streamOf([
        'id: 1\ndata: {"type":"message_final","text":"Hello"}\n\n',
        'data: {"type":"run_end","end":"done"}\n\n',
      ]),
    )
    const { sending, text } = asked({ transport: relayTransport({ url: '/api/fluo', fetch }) })

    expect(await sending).toMatchObject({ end: 'done' })
    expect(text()).toBe('Hello')
    expect(calls.map(({ body }) => body)).toMatchObject([
      { op: 'start' },
      { op: 'resume', after: null },
    ])
  })

  it('forgets what the proxy said once the run was found', async () => {
    const { transport, sending, state } = asked()
    await settled()
    await transport.run.fail(badGateway)
    await transport.resumed.push(delta('Hel'))
    await transport.resumed.fail()

    await transport.resumed.fail(notFound)

    expect(await sending).toMatchObject({ end: 'interrupted' })
    expect(state().error).toEqual({ code: 'network' })
  })

  it('looks for nothing where the server itself says that nothing ran', async () => {
    const { transport, sending, state } = asked()
    await settled()

    await transport.run.fail(fault({ code: 'upstream', status: 503 }))

    expect(await sending).toMatchObject({ end: 'failed' })
    expect(state().error).toEqual({ code: 'upstream', status: 503 })
    expect(transport.resumes).toHaveLength(0)
  })
})

describe('followRun, at the word of the server on how the run ended', () => {
  it.each<[RunEnd, boolean, RunEnd]>([
    ['done', true, 'interrupted'], // without a final message
    ['stopped', true, 'stopped'],
    ['interrupted', true, 'interrupted'],
    ['unknown', true, 'interrupted'],
    ['failed', true, 'interrupted'],
    ['stopped', false, 'stopped'],
    ['interrupted', false, 'unknown'],
    ['unknown', false, 'unknown'],
    ['failed', false, 'unknown'],
    ['done', false, 'failed'],
  ])(
    'ends a run with the mark %s (events came: %s) as %s, and looks for nothing',
    async (mark, hasEvents, how) => {
      const { transport, sending } = asked()
      await settled()
      await transport.run.push(...(hasEvents ? [delta('Hel')] : []))

      await transport.run.end(mark)

      expect(await sending).toMatchObject({ end: how })
      expect(transport.resumes).toHaveLength(0)
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it('keeps what an error event said', async () => {
    const { transport, sending, state } = asked()
    await settled()

    await transport.run.push(delta('Hel'), { type: 'error', error: { code: 'limit' } })
    await transport.run.end('failed')

    expect(await sending).toMatchObject({ end: 'failed' })
    expect(state().error).toEqual({ code: 'limit' })
  })
})
