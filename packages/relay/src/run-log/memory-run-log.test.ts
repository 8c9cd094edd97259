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
    vi.useFakeTimers({ now: 0 })
    try {
      const log = createMemoryRunLog({ keepMs: 1000 })
      await log.acquire('a', 'body', ignore)
      await log.end('a', ['1'], 'done', ignore)

      vi.setSystemTime(999)
      expect(await log.acquire('a', 'other', ignore)).toBe('conflict')
      vi.setSystemTime(1000)
      expect(await log.acquire('a', 'other', ignore)).toBe('owner')
    } finally {
      vi.useRealTimers()
    }
  })

  it('drops the text of runs that are over when it holds too much, and keeps their IDs', async () => {
    const log = createMemoryRunLog({ maxBytes: 1000 })
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
})
