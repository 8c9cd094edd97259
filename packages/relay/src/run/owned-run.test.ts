import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryRunLog } from '../run-log/memory-run-log.ts'
import type { RunHold, RunLog } from '../run-log/run-log.ts'
import { createOwnedRun, type OwnedRun } from './owned-run.ts'
import type { RunEnding } from './run-ending.ts'

interface Begun {
  readonly run: OwnedRun
  readonly endings: readonly RunEnding[]
  /** What the log says from now on; an error is what it rejects with. */
  readonly say: (next: RunHold | Error) => void
}

/** A run whose log has a lease of three seconds, and says what the test wants. */
async function begin(graceMs: number, log: Partial<RunLog> = {}): Promise<Begun> {
  const endings: RunEnding[] = []
  let said: RunHold | Error = { state: 'kept', readers: 1 }
  const memory = createMemoryRunLog()
  const run = createOwnedRun({
    key: 'a',
    log: {
      ...memory,
      renewMs: 1000,
      leaseMs: 3000,
      renew: async () => {
        if (said instanceof Error) throw said
        return said
      },
      ...log,
    },
    graceMs,
    totalMs: 1_000_000,
    unreadBytes: 1000,
    onLate: () => ({ end: 'failed', frames: [] }),
    onEnd: (ending) => endings.push(ending),
  })
  await memory.acquire('a', 'body', run.check)
  run.begin()
  return { run, endings, say: (next) => void (said = next) }
}

const away = new Error('The log is away.')

describe('createOwnedRun, whose log cannot be asked', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is lost a lease after the log last kept it, and leaves Fluo', async () => {
    const { run, endings, say } = await begin(60_000)
    run.join()
    await vi.advanceTimersByTimeAsync(5000)
    say(away)
    await vi.advanceTimersByTimeAsync(2999)
    expect(endings).toEqual([])
    await vi.advanceTimersByTimeAsync(1)

    expect(endings).toEqual([{ end: 'lost', detail: 'The log is away.', isLogFault: true }])
    expect(run.abort.signal.aborted).toBe(true)
  })

  it('is lost a lease after it began, where the log does not even answer', async () => {
    const { run, endings } = await begin(60_000, { renew: () => new Promise(() => undefined) })
    await vi.advanceTimersByTimeAsync(3000)

    expect(endings).toMatchObject([{ end: 'lost', isLogFault: true }])
    expect(run.abort.signal.aborted).toBe(true)
  })

  it('goes on where the log comes back in time', async () => {
    const { run, endings, say } = await begin(60_000)
    for (let outages = 0; outages < 5; outages += 1) {
      say(away)
      await vi.advanceTimersByTimeAsync(1500)
      say({ state: 'kept', readers: 1 })
      await vi.advanceTimersByTimeAsync(1500)
    }

    expect(endings).toEqual([])
    await run.end({ end: 'done' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(endings).toEqual([{ end: 'done' }])
  })

  it('leaves Fluo with the last reader of this process, at once without a grace', async () => {
    const { run, endings, say } = await begin(0)
    const reader = run.join()
    say(away)
    run.check()
    await vi.advanceTimersByTimeAsync(0)
    expect(endings).toEqual([])
    reader.leave()
    run.check()
    await vi.advanceTimersByTimeAsync(0)

    expect(endings).toEqual([{ end: 'left' }])
    expect(run.abort.signal.aborted).toBe(true)
  })

  it('counts the grace from the last reader of this process, unless one comes', async () => {
    const { run, endings, say } = await begin(1500, { leaseMs: 100_000 })
    say(away)
    run.check()
    await vi.advanceTimersByTimeAsync(1400)
    const reader = run.join()
    run.check()
    await vi.advanceTimersByTimeAsync(1000)
    expect(endings).toEqual([])
    reader.leave()
    say({ state: 'kept', readers: 1 })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(endings).toEqual([])
    say(away)
    await vi.advanceTimersByTimeAsync(2500)

    expect(endings).toEqual([{ end: 'left' }])
  })

  it('says that it was the log where frames cannot be written', async () => {
    const append = (): Promise<boolean> => Promise.reject(away)
    const { run, endings } = await begin(60_000, { append })
    await expect(run.write(['1'])).rejects.toThrow('The log is away.')
    await run.end({ end: 'failed', code: 'upstream', detail: 'The log is away.' })

    expect(endings).toEqual([
      { end: 'failed', code: 'upstream', detail: 'The log is away.', isLogFault: true },
    ])
  })
})
