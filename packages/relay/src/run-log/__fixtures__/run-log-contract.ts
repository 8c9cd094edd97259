import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunLog } from '../run-log.ts'
import { collectRun } from './collect-run.ts'

/** The logs of two relays that serve the same users; one and the same where a log belongs to a process. */
export interface LogPair {
  readonly here: RunLog
  readonly there: RunLog
}

const ignore = (): void => undefined
const never = (): AbortSignal => new AbortController().signal

/** Resolves with the news of the owner's that comes after this call. */
function newsOf(): { readonly onNews: () => void; readonly next: () => Promise<void> } {
  let tell = ignore
  return {
    onNews: () => tell(),
    next: () => new Promise<void>((resolve) => (tell = resolve)),
  }
}

let count = 0
const newKey = (): string => `key-${process.pid}-${(count += 1)}`

/** What every run log promises, through two relays. */
export function describeRunLog(name: string, pair: () => Promise<LogPair>): void {
  describe(`${name} as a run log`, () => {
    it('gives a run to one owner, and follows it for the same body (T38)', async () => {
      const { here, there } = await pair()
      const key = newKey()

      expect(await here.acquire(key, 'a', ignore)).toBe('owner')
      expect(await there.acquire(key, 'a', ignore)).toBe('follower')
      expect(await here.acquire(key, 'a', ignore)).toBe('follower')
      expect(await there.acquire(key, 'b', ignore)).toBe('conflict')
      await here.end(key, [], 'done', ignore)
      expect(await there.acquire(key, 'a', ignore)).toBe('follower')
      expect(await there.acquire(key, 'b', ignore)).toBe('conflict')
    })

    it('has one owner of a hundred who ask at once', async () => {
      const { here, there } = await pair()
      const key = newKey()
      const claims = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 === 0 ? here : there).acquire(key, 'a', ignore),
        ),
      )

      expect(claims.filter((claim) => claim === 'owner')).toHaveLength(1)
      expect(claims.filter((claim) => claim === 'follower')).toHaveLength(99)
    })

    it('gives a reader what was written, then what comes, and the end', async () => {
      const { here, there } = await pair()
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      await here.append(key, ['1', '2'], ignore)
      const reading = collectRun(await there.read(key, 0, never()))

      await here.append(key, ['3'], ignore)
      await here.end(key, ['4'], 'done', ignore)

      expect(await reading).toEqual({
        frames: ['1', '2', '3', '4'],
        cursors: [1, 2, 3, 4],
        end: 'done',
      })
      expect(await collectRun(await here.read(key, 4, never()))).toMatchObject({
        frames: [],
        end: 'done',
      })
    })

    it('keeps the order of what is written without waiting', async () => {
      const { here, there } = await pair()
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const writing = [here.append(key, ['1', '2'], ignore), here.append(key, ['3'], ignore)]
      await here.end(key, ['4'], 'done', ignore)

      expect(await Promise.all(writing)).toEqual([true, true])
      expect(await collectRun(await there.read(key, 0, never()))).toMatchObject({
        frames: ['1', '2', '3', '4'],
        end: 'done',
      })
    })

    it('waits with a reader that comes before the first frame', async () => {
      const { here, there } = await pair()
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const reading = collectRun(await there.read(key, 0, never()))

      await here.append(key, ['1'], ignore)
      await here.end(key, [], 'interrupted', ignore)

      expect(await reading).toMatchObject({ frames: ['1'], end: 'interrupted' })
    })

    it('misses and doubles nothing, wherever readers leave and come back', async () => {
      const { here, there } = await pair()
      const cut = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat({ max: 9 }), { maxLength: 12 }), cut, async (sizes, cuts) => {
          const key = newKey()
          await here.acquire(key, 'a', ignore)
          let next = 0
          const expected: string[] = []
          const reading = readWithCuts([there, here], key, cuts)
          for (const size of sizes) {
            const frames = Array.from({ length: size }, () => `{"n":${(next += 1)},"t":"é\\n"}`)
            expected.push(...frames)
            if (frames.length > 0) await here.append(key, frames, ignore)
          }
          await here.end(key, [], 'done', ignore)

          expect(await reading).toEqual(expected)
        }),
        { numRuns: 40 },
      )
    })

    it('knows no run that nobody began, and no cursor that lies ahead', async () => {
      const { here, there } = await pair()
      const key = newKey()

      expect(await there.read(key, 0, never())).toBeNull()
      await here.acquire(key, 'a', ignore)
      await here.append(key, ['1'], ignore)
      expect(await there.read(key, 2, never())).toBeNull()
    })

    it('takes no frames of a run that is over or was never taken', async () => {
      const { here, there } = await pair()
      const key = newKey()

      expect(await here.append(key, ['0'], ignore)).toBe(false)
      await here.acquire(key, 'a', ignore)
      expect(await here.append(key, ['1'], ignore)).toBe(true)
      await here.end(key, [], 'done', ignore)
      expect(await here.append(key, ['2'], ignore)).toBe(false)
      await here.end(key, ['3'], 'failed', ignore)

      expect(await collectRun(await there.read(key, 0, never()))).toMatchObject({
        frames: ['1'],
        end: 'done',
      })
      expect(await here.renew(key, ignore)).toMatchObject({ state: 'lost' })
    })

    it('frees a run that never ran, and tells who reads', async () => {
      const { here, there } = await pair()
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      const reading = collectRun(await there.read(key, 0, never()))

      await here.release(key, ['refused'], ignore)

      expect(await reading).toMatchObject({ frames: ['refused'], end: 'failed' })
      expect(await there.read(key, 0, never())).toBeNull()
      expect(await there.acquire(key, 'b', ignore)).toBe('owner')
    })

    it('hears no more of who had a key before', async () => {
      const { here, there } = await pair()
      const key = newKey()
      const before = (): void => undefined
      await here.acquire(key, 'a', before)
      await here.release(key, [], before)
      expect(await here.acquire(key, 'b', ignore)).toBe('owner')
      await here.append(key, ['1'], ignore)

      expect(await here.append(key, ['of the first'], before)).toBe(false)
      expect(await here.renew(key, before)).toEqual({ state: 'lost', readers: 0 })
      await here.end(key, ['of the first'], 'failed', before)
      await here.release(key, ['of the first'], before)

      expect(await here.renew(key, ignore)).toEqual({ state: 'kept', readers: 0 })
      await here.end(key, ['2'], 'done', ignore)
      expect(await collectRun(await there.read(key, 0, never()))).toMatchObject({
        frames: ['1', '2'],
        end: 'done',
      })
    })

    it('counts its readers, and tells the owner when one comes or goes', async () => {
      const { here, there } = await pair()
      const key = newKey()
      const news = newsOf()
      await here.acquire(key, 'a', news.onNews)
      expect(await here.renew(key, news.onNews)).toEqual({ state: 'kept', readers: 0 })

      let told = news.next()
      const left = new AbortController()
      const reading = collectRun(await there.read(key, 0, left.signal))
      await told
      expect(await here.renew(key, news.onNews)).toEqual({ state: 'kept', readers: 1 })
      told = news.next()
      left.abort()
      await told

      expect(await here.renew(key, news.onNews)).toEqual({ state: 'kept', readers: 0 })
      expect(await reading).toMatchObject({ frames: [], end: null })
    })

    it('counts a reader out that stops in the middle', async () => {
      const { here } = await pair()
      const key = newKey()
      const news = newsOf()
      await here.acquire(key, 'a', news.onNews)
      await here.append(key, ['1'], news.onNews)
      const pieces = await here.read(key, 0, never())
      let told = Promise.resolve()
      for await (const piece of pieces ?? []) {
        expect(piece.frames).toHaveLength(1)
        told = news.next()
        break
      }
      await told

      expect(await here.renew(key, news.onNews)).toEqual({ state: 'kept', readers: 0 })
    })

    it('counts a reader out that never began to read', async () => {
      const { here, there } = await pair()
      const key = newKey()
      const news = newsOf()
      await here.acquire(key, 'a', news.onNews)
      const pieces = await there.read(key, 0, never())
      const told = news.next()
      await pieces?.[Symbol.asyncIterator]().return?.()
      await told

      expect(await here.renew(key, news.onNews)).toEqual({ state: 'kept', readers: 0 })
    })

    it('tells the owner that somebody asked for a stop', async () => {
      const { here, there } = await pair()
      const key = newKey()
      const news = newsOf()
      await here.acquire(key, 'a', news.onNews)
      const told = news.next()

      await there.stop(key)
      await told

      expect(await here.renew(key, news.onNews)).toMatchObject({ state: 'stopped' })
    })

    it('remembers a stop that overtakes its start', async () => {
      const { here, there } = await pair()
      const key = newKey()

      await there.stop(key)

      expect(await here.acquire(key, 'a', ignore)).toBe('follower')
      expect(await collectRun(await here.read(key, 0, never()))).toMatchObject({
        frames: [],
        end: 'stopped',
      })
    })

    it('leaves a run that is over as it was when somebody asks for a stop', async () => {
      const { here, there } = await pair()
      const key = newKey()
      await here.acquire(key, 'a', ignore)
      await here.end(key, ['1'], 'done', ignore)

      await there.stop(key)

      expect(await collectRun(await there.read(key, 0, never()))).toMatchObject({ end: 'done' })
    })

    it('keeps runs apart', async () => {
      const { here, there } = await pair()
      const [one, two] = [newKey(), newKey()]
      await here.acquire(one, 'a', ignore)
      await there.acquire(two, 'a', ignore)
      await here.append(one, ['1'], ignore)
      await there.append(two, ['2'], ignore)
      await here.end(one, [], 'done', ignore)
      await there.end(two, [], 'failed', ignore)

      expect(await collectRun(await there.read(one, 0, never()))).toMatchObject({ frames: ['1'] })
      expect(await collectRun(await here.read(two, 0, never()))).toMatchObject({ frames: ['2'] })
    })
  })
}

/** Reads a run to its end, leaving after each of `cuts` frames and coming back to the next log. */
async function readWithCuts(
  logs: readonly RunLog[],
  key: string,
  cuts: readonly number[],
): Promise<readonly string[]> {
  const frames: string[] = []
  for (let round = 0; ; round += 1) {
    const most = cuts[round] ?? Infinity
    const log = logs[round % logs.length]
    const pieces = await log?.read(key, frames.length, never())
    if (pieces === undefined || pieces === null) throw new Error('The run is not here.')
    let taken = 0
    for await (const piece of pieces) {
      const mine = piece.frames.slice(0, most - taken)
      taken += mine.length
      frames.push(...mine.map(({ frame }) => frame))
      if (piece.end !== null && mine.length === piece.frames.length) return frames
      if (taken >= most) break
    }
  }
}
