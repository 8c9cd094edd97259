import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { describeRunLog } from './__fixtures__/run-log-contract.ts'
import { createMemoryRunLog } from './memory-run-log.ts'

const ignore = (): void => undefined
const never = (): AbortSignal => new AbortController().signal

describeRunLog('createMemoryRunLog', async () => {
  const log = createMemoryRunLog()
  return { here: log, there: log }
})

describe('createMemoryRunLog', () => {
  it('forgets a run, and its ID, some time after its end', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const log = createMemoryRunLog({ keepMs: 1000 })
      await log.acquire('a', 'body', ignore)
      await log.end('a', ['1'], 'done', ignore)

      vi.advanceTimersByTime(999)
      expect(await log.acquire('a', 'other', ignore)).toBe('conflict')
      vi.advanceTimersByTime(1)
      expect(await log.acquire('a', 'other', ignore)).toBe('owner')
    } finally {
      vi.useRealTimers()
    }
  })

  it('drops the text of runs that are over when it holds too much, and keeps their IDs', async () => {
    const log = createMemoryRunLog({ maxBytes: 2400 })
    for (const key of ['a', 'b', 'c']) {
      await log.acquire(key, 'body', ignore)
      await log.append(key, ['x'.repeat(200)], ignore)
      await log.end(key, [], 'done', ignore)
    }

    expect(await log.read('a', 0, never())).toBeNull()
    expect(await log.read('c', 0, never())).not.toBeNull()
    expect(await log.acquire('a', 'other', ignore)).toBe('conflict')
  })

  it('drops the beginning of the longest open run next: who reads its end reads on', async () => {
    const log = createMemoryRunLog({ maxBytes: 400_000 })
    await log.acquire('short', 'body', ignore)
    await log.append('short', ['y'], ignore)
    await log.acquire('long', 'body', ignore)
    for (let index = 0; index < 300; index += 1)
      await log.append('long', ['x'.repeat(1000)], ignore)
    await log.end('long', [], 'done', ignore)

    expect(await log.read('long', 0, never())).toBeNull()
    expect(await log.read('short', 0, never())).not.toBeNull()
    const pieces = await log.read('long', 295, never())
    const cursors: number[] = []
    for await (const { frames } of pieces ?? []) cursors.push(...frames.map(({ cursor }) => cursor))
    expect(cursors).toEqual([296, 297, 298, 299, 300])
  })

  it('tells a reader that fell behind by failing, never by a gap', async () => {
    const log = createMemoryRunLog({ maxBytes: 100_000 })
    await log.acquire('a', 'body', ignore)
    const pieces = await log.read('a', 0, never())
    for (let index = 0; index < 100; index += 1) await log.append('a', ['x'.repeat(1000)], ignore)

    await expect(pieces?.[Symbol.asyncIterator]().next()).rejects.toThrow('fell behind')
  })

  it('forgets the oldest run that is over for a new one, and takes none while all are open', async () => {
    const log = createMemoryRunLog({ maxRuns: 2 })
    await log.acquire('a', 'body', ignore)
    await log.end('a', [], 'done', ignore)
    await log.acquire('b', 'body', ignore)

    expect(await log.acquire('c', 'body', ignore)).toBe('owner')
    expect(await log.read('a', 0, never())).toBeNull()
    expect(await log.acquire('d', 'body', ignore)).toBe('full')
    await log.end('c', [], 'done', ignore)
    expect(await log.acquire('d', 'body', ignore)).toBe('owner')
  })

  it('lets the memory go of text that it drops, and of whoever owned a run that is over (T22)', async () => {
    const log = createMemoryRunLog({ maxBytes: 1_000_000 })
    const owners: WeakRef<object>[] = []
    async function run(key: string): Promise<void> {
      const owner = { question: 'x'.repeat(1000) }
      owners.push(new WeakRef(owner))
      const onNews = (): void => void owner.question
      const frames = Array.from({ length: 50 }, (_, index) => `${index}`.repeat(5000))
      await log.acquire(key, 'body', onNews)
      await log.append(key, frames, onNews)
      await log.end(key, [], 'done', onNews)
    }
    await run('first')
    const before = await heapAfterCollection()

    for (let index = 0; index < 100; index += 1) await run(`run-${index}`)

    expect((await heapAfterCollection()) - before).toBeLessThan(5_000_000) // of 47 million characters
    // The last one may be on the stack still.
    expect(owners.filter((owner) => owner.deref() !== undefined).length).toBeLessThan(2)
  })

  it('still knows how a run ended whose text is gone, for who has read all of it', async () => {
    const log = createMemoryRunLog({ maxBytes: 1000 })
    await log.acquire('a', 'body', ignore)
    await log.append('a', ['x'.repeat(1000)], ignore)
    await log.end('a', [], 'done', ignore)

    expect(await log.read('a', 0, never())).toBeNull()
    const pieces = await log.read('a', 1, never())
    await expect(pieces?.[Symbol.asyncIterator]().next()).resolves.toEqual({
      done: false,
      value: { frames: [], end: 'done' },
    })
  })

  it('lets stops of runs that nobody began push out each other, and never a run (T38)', async () => {
    const log = createMemoryRunLog({ maxRuns: 10 })
    await log.acquire('a', 'body', ignore)
    await log.end('a', [], 'done', ignore)

    for (let index = 0; index < 2000; index += 1) await log.stop(`none-${index}`)

    expect(await log.acquire('a', 'other', ignore)).toBe('conflict')
    expect(await log.acquire('none-1999', 'body', ignore)).toBe('follower')
    expect(await log.acquire('none-0', 'body', ignore)).toBe('owner')
  })

  it('keeps its times when the clock of the machine is set', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000_000 })
    try {
      const log = createMemoryRunLog({ keepMs: 60_000 })
      await log.acquire('a', 'body', ignore)
      await log.end('a', [], 'done', ignore)
      for (const now of [0, 2_000_000_000]) {
        vi.setSystemTime(now)
        expect(await log.acquire('a', 'other', ignore)).toBe('conflict')
      }
    } finally {
      vi.useRealTimers()
    }
  })
})

/** What is alive once nothing else is, in bytes. */
async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await new Promise((resolve) => setTimeout(resolve, 0))
  collect()
  return process.memoryUsage().heapUsed
}
