import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { delta, final, handFrames, handTransport } from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import type { FluoClientOptions } from '../client/fluo-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { textOf } from './text-chunks.ts'
import type { Run, ThreadState } from './thread-state.ts'
import { watchSilence } from './watch-silence.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  // One clock for both, which `vi.setSystemTime` moves without a timer: what a machine that sleeps does.
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const minute = 60_000

function sleep(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds)
}

function open(options: Partial<FluoClientOptions> = {}) {
  const transport = handTransport()
  const frames = handFrames()
  const storage = memoryStorage()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage,
    schedule: frames.schedule,
    ...options,
  })
  const thread = client.thread({ agentId: 'agent' })
  const sending = thread.send('Hi')
  const seen = (): readonly string[] => {
    const { status, activity } = thread.store.getState()
    return [status, activity]
  }
  const run = (): Run | undefined => thread.store.getState().turns.at(-1)?.runs.at(-1)
  return { client, thread, transport, frames, sending, storage, seen, run }
}

describe('Thread on a stream that is silent', () => {
  it('is slow after fifteen seconds, connecting or open, until the next byte (F06)', async () => {
    const { transport, seen } = open()
    vi.advanceTimersByTime(14_999)
    const before = seen()
    vi.advanceTimersByTime(1)
    const connecting = seen()
    await transport.run.push()
    const opened = seen()
    await transport.run.push(delta('Hel'))
    vi.advanceTimersByTime(15_000)
    const slow = seen()
    await transport.run.push(delta('lo'))

    expect([before, connecting, opened, slow, seen()]).toEqual([
      ['submitted', 'connecting'],
      ['submitted', 'slow'],
      ['submitted', 'open'],
      ['streaming', 'slow'],
      ['streaming', 'open'],
    ])
  })

  it('is interrupted as stalled at the limit, keeps its text, tells the server, and sends nothing again (F06)', async () => {
    const { transport, run, sending, seen } = open()
    await transport.run.push(delta('Hel'))
    vi.advanceTimersByTime(5 * minute - 1)
    const before = seen()

    vi.advanceTimersByTime(1)

    expect(before).toEqual(['streaming', 'slow'])
    expect(await sending).toMatchObject({ sent: true, end: 'interrupted' })
    expect(run()).toMatchObject({ end: 'interrupted', error: { code: 'stalled' } })
    expect(textOf(run() as Run)).toBe('Hel')
    expect(seen()).toEqual(['error', 'idle'])
    expect(transport.run.signal.aborted).toBe(true)
    expect(transport.stopped).toMatchObject([{ runId: run()?.id, after: '1' }])
    vi.advanceTimersByTime(60 * minute)
    expect(transport.runs).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['nothing', 'bytes without an event'])(
    'is of unknown outcome when %s came before the limit, and so it stays after a reload',
    async (what) => {
      const { client, transport, run, sending, storage } = open()
      if (what !== 'nothing') await transport.run.push()

      vi.advanceTimersByTime(5 * minute)

      expect(await sending).toMatchObject({ end: 'unknown' })
      expect(run()).toMatchObject({ end: 'unknown', error: { code: 'stalled' } })
      client.dispose()
      const later = createFluoClient({ transport, userScope: null, storage })
      const thread = later.thread({ agentId: 'agent' })
      thread.store.subscribe(() => undefined)
      expect(thread.store.getState()).toMatchObject({
        status: 'error',
        turns: [{ input: { query: 'Hi' }, runs: [{ end: 'unknown', error: { code: 'stalled' } }] }],
      })
    },
  )

  it('never changes for comments that keep it alive, for hours (F07)', async () => {
    const { transport, thread, seen } = open()
    await transport.run.push(delta('Hel'))
    const states: ThreadState[] = []
    thread.store.subscribe((state) => states.push(state))
    states.length = 0
    for (let comment = 0; comment < 600; comment += 1) {
      vi.advanceTimersByTime(10_000)
      await transport.run.push()
    }

    expect(states).toEqual([])
    expect(seen()).toEqual(['streaming', 'open'])
    expect(vi.getTimerCount()).toBe(1)
  })

  it('takes limits of its own, and none for 0 and Infinity', () => {
    const quick = open({ slowAfterMs: 10, stallAfterMs: 20 })
    const never = open({ slowAfterMs: 0, stallAfterMs: Infinity })
    vi.advanceTimersByTime(10)
    const slow = quick.seen()
    vi.advanceTimersByTime(10)
    const stalled = quick.seen()
    vi.advanceTimersByTime(1000 * minute)

    expect([slow, stalled]).toEqual([
      ['submitted', 'slow'],
      ['error', 'idle'],
    ])
    expect(never.seen()).toEqual(['submitted', 'connecting'])
  })

  it('is slow for ever where nothing ends it, and recovers', async () => {
    const { transport, seen } = open({ stallAfterMs: 0 })
    vi.advanceTimersByTime(1000 * minute)
    const slow = seen()
    await transport.run.push()
    const heard = seen()
    vi.advanceTimersByTime(15_000)

    expect([slow, heard, seen()]).toEqual([
      ['submitted', 'slow'],
      ['submitted', 'open'],
      ['submitted', 'slow'],
    ])
  })

  it('does not call an answer slow that looks whole, and leaves its body at the limit as done', async () => {
    const { transport, seen, run, sending } = open()
    await transport.run.push(final('Hello'))
    vi.advanceTimersByTime(16_000)
    const quiet = seen()

    vi.advanceTimersByTime(5 * minute)

    expect(quiet).toEqual(['ready', 'idle'])
    expect(await sending).toMatchObject({ end: 'done' })
    expect(run()).toMatchObject({ end: 'done', error: null })
    expect(transport.run.signal.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['stop', 'reset', 'dispose', 'end'] as const)(
    'leaves no timer behind after %s',
    async (how) => {
      const { client, thread, transport } = open()
      await transport.run.push(delta('Hel'))
      vi.advanceTimersByTime(20_000)

      if (how === 'end') await transport.run.end()
      else if (how === 'dispose') client.dispose()
      else await thread[how]()

      expect(vi.getTimerCount()).toBe(0)
    },
  )
})

describe('Thread on a machine that slept', () => {
  it('reads what waits before it judges, and goes on (F57)', async () => {
    const { transport, frames, seen, run } = open()
    await transport.run.push(delta('Hel'))
    frames.paint()

    sleep(60 * minute)
    vi.advanceTimersByTime(15_000) // the timer that was under way comes an hour late
    const woken = seen()
    await transport.run.push(delta('lo'))
    frames.paint()
    vi.advanceTimersByTime(10_000)

    expect(woken).toEqual(['streaming', 'open'])
    expect(seen()).toEqual(['streaming', 'open'])
    expect(textOf(run() as Run)).toBe('Hello')
  })

  it('ends as stalled soon after when nothing waited to be read (F57)', async () => {
    const { transport, run, seen } = open()
    await transport.run.push(delta('Hel'))

    sleep(60 * minute)
    vi.advanceTimersByTime(15_000)
    const woken = seen()
    vi.advanceTimersByTime(2_000)

    expect(woken).toEqual(['streaming', 'open'])
    expect(run()).toMatchObject({ end: 'interrupted', error: { code: 'stalled' } })
    expect(transport.runs).toHaveLength(1)
  })

  it('is judged in bounded time although every timer is late, as in a hidden page (F57)', async () => {
    const { transport, run } = open()
    await transport.run.push(delta('Hel'))

    for (let wake = 0; wake < 40; wake += 1) {
      sleep(minute)
      vi.advanceTimersByTime(15_000)
    }

    expect(run()).toMatchObject({ end: 'interrupted', error: { code: 'stalled' } })
  })
})

describe('watchSilence', () => {
  it('takes a limit that no timer can', () => {
    const onStall = vi.fn<() => void>()
    const day = 24 * 60 * minute
    watchSilence({ slowAfterMs: 0, stallAfterMs: 40 * day }, { onSlow: () => undefined, onStall })

    vi.advanceTimersByTime(40 * day - 1)
    expect(onStall).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)

    expect(onStall).toHaveBeenCalledTimes(1)
  })

  it('sets no timer for a byte', () => {
    const watch = watchSilence(
      { slowAfterMs: 10, stallAfterMs: 20 },
      { onSlow: () => undefined, onStall: () => undefined },
    )
    const set = vi.spyOn(globalThis, 'setTimeout')

    for (let byte = 0; byte < 1000; byte += 1) watch.heard()

    expect(set).not.toHaveBeenCalled()
  })
})
