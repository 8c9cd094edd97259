import { describe, expect, it } from 'vitest'
import { collectRun } from '../__fixtures__/collect-run.ts'
import type { RunFrame } from '../run-log.ts'
import { createFollowedRun, type FollowedRun } from './followed-run.ts'
import type { RunSight } from './run-scripts.ts'

const ignore = (): void => undefined
const never = (): AbortSignal => new AbortController().signal
const nothing: RunSight = { frames: [], end: null, hasMore: false }
const framesTo = (last: number): readonly RunFrame[] =>
  Array.from({ length: last }, (_, index) => ({ cursor: index + 1, frame: `${index + 1}` }))

/** A run of which Redis has some frames, a few at a time. */
function follow(
  there: () => readonly RunFrame[],
  isOver: () => boolean,
): FollowedRun & { readonly looks: () => number } {
  let looks = 0
  const run = createFollowedRun({
    after: 0,
    sight: nothing,
    async look(after) {
      looks += 1
      const frames = there().slice(after, after + 3)
      const hasMore = after + frames.length < there().length
      return { frames, hasMore, end: isOver() && !hasMore ? 'done' : null }
    },
    onReaders: ignore,
    onIdle: ignore,
  })
  return Object.assign(run, { looks: () => looks })
}

describe('createFollowedRun', () => {
  it('gives a reader what came between its look and its joining', async () => {
    const run = follow(
      () => [],
      () => false,
    )
    await run.read(0, nothing, never())
    run.feed(0, { frames: framesTo(2), end: 'done' })

    const late = await collectRun(await run.read(0, nothing, never()))
    expect(late).toMatchObject({ frames: ['1', '2'], end: 'done' })
  })

  it('looks once for all who wait', async () => {
    let frames = framesTo(0)
    let isOver = false
    const run = follow(
      () => frames,
      () => isOver,
    )
    const readers = await Promise.all(
      Array.from({ length: 50 }, () => run.read(0, nothing, never())),
    )
    const reading = Promise.all(readers.map(collectRun))
    await new Promise((resolve) => setTimeout(resolve))
    frames = framesTo(3)
    isOver = true
    run.check()

    for (const read of await reading) expect(read.cursors).toEqual([1, 2, 3])
    expect(run.looks()).toBe(1)
  })

  it('looks at nothing for a reader that does not read on', async () => {
    const run = follow(
      () => framesTo(100),
      () => true,
    )
    const pieces = await run.read(0, { frames: framesTo(3), end: null, hasMore: true }, never())
    const iterator = pieces[Symbol.asyncIterator]()
    await iterator.next()
    const before = run.looks()
    for (let round = 0; round < 10; round += 1) run.check()
    await new Promise((resolve) => setTimeout(resolve))
    expect(run.looks()).toBe(before)

    const rest: number[] = []
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      rest.push(...next.value.frames.map(({ cursor }) => cursor))
    }
    expect(rest).toEqual(
      framesTo(100)
        .map(({ cursor }) => cursor)
        .slice(3),
    )
  })
})
