import { describe, expect, it } from 'vitest'
import {
  emptyIn,
  jumpOf,
  longLog,
  rowAt,
  rowsIn,
  rowsInView,
  unevenTurns,
} from '../../test/long-log.ts'
import { frames, lines, messagesIn, topIn } from '../../test/scrolling-log.tsx'

const style = { height: 200, overflow: 'auto', font: '16px/20px sans-serif' } as const

/** Where a newer browser holds the place by itself, and where ours must do it, as in Safari before 27. */
const anchorings = [
  ['the browser holds the place', {}],
  ['it does not', { viewport: { style: { ...style, overflowAnchor: 'none' } } }],
] as const

function steps(count: number, by: number): readonly number[] {
  return Array.from({ length: count }, () => by)
}

describe('ChatThreadVirtualMessages', () => {
  it.each([500, 5_000])(
    'has a few rows of %i turns on the page, and begins at the end of them',
    async (count) => {
      const { viewport, fromEnd, isFollowing } = await longLog({ turns: unevenTurns(count) })

      expect(rowsIn(viewport).length).toBeLessThan(30)
      expect(viewport.querySelectorAll('*').length).toBeLessThan(500)
      expect(fromEnd()).toBeLessThanOrEqual(1)
      expect(emptyIn(viewport)).toBeLessThan(1)
      expect(rowsInView(viewport).at(-1)).toBe(rowAt(viewport, count - 1))
      expect(isFollowing()).toBe(true)
    },
  )

  it('says of each message where it stands in the thread', async () => {
    const { viewport } = await longLog()

    const places = messagesIn(viewport).map((message) => message.ariaPosInSet)
    expect(places.slice(0, 2)).toEqual(['1', '2'])
    expect(places.slice(-2)).toEqual(['999', '1000'])
    expect(new Set(messagesIn(viewport).map((message) => message.ariaSetSize))).toEqual(
      new Set(['1000']),
    )
  })

  it.each(anchorings)(
    'moves by what was scrolled and no more through rows of unknown height, where %s',
    async (_, options) => {
      const { viewport } = await longLog(options)
      const empty: number[] = []
      const jumps: number[] = []

      for (const by of [...steps(30, -150), ...steps(15, 130), ...steps(5, -20)]) {
        jumps.push(await jumpOf(viewport, by))
        empty.push(emptyIn(viewport))
      }

      expect(jumps.filter((jump) => Math.abs(jump) > 1)).toEqual([])
      expect(empty.filter((pixels) => pixels >= 1)).toEqual([])
    },
  )

  it.each(anchorings)(
    'does so also while the answer at the end grows, where %s',
    async (_, options) => {
      const { viewport, thread, grow, isFollowing } = await longLog(options)
      void thread.send('Hi')
      await grow('An answer')

      const jumps: number[] = []
      for (let index = 0; index < 15; index += 1) {
        jumps.push(await jumpOf(viewport, -220))
        const [shown] = rowsInView(viewport)
        const top = topIn(viewport, shown)
        await grow(lines(3))
        jumps.push(topIn(viewport, shown) - top)
      }

      expect(jumps.filter((jump) => Math.abs(jump) > 1)).toEqual([])
      expect(isFollowing()).toBe(false)
      expect(rowsIn(viewport).length).toBeLessThan(30)
    },
  )

  it('does so also once the width is another one', async () => {
    const { viewport } = await longLog({ turns: unevenTurns(500) })
    viewport.style.width = '600px'
    await frames()
    for (const by of steps(4, -400)) await jumpOf(viewport, by)

    const jumps: number[] = []
    for (const width of ['180px', '500px', '120px']) {
      viewport.style.width = width
      await frames()
      for (const by of [...steps(8, -150), ...steps(10, 150)]) {
        jumps.push(await jumpOf(viewport, by))
      }
    }

    expect(jumps.filter((jump) => Math.abs(jump) > 1)).toEqual([])
    expect(emptyIn(viewport)).toBeLessThan(1)
  })

  it('fills the view wherever the log is put at once', async () => {
    const { viewport } = await longLog({ turns: unevenTurns(5_000) })

    for (const part of [0, 0.1, 0.73, 0.2, 0.9, 0.5, 0]) {
      viewport.scrollTop = part * viewport.scrollHeight
      const put = viewport.scrollTop
      await frames()
      expect(emptyIn(viewport)).toBeLessThan(1)
      expect(Math.abs(viewport.scrollTop - put)).toBeLessThanOrEqual(1)
      expect(rowsIn(viewport).length).toBeLessThan(30)
    }

    expect(rowsInView(viewport)[0]).toBe(rowAt(viewport, 0))
  })

  it('keeps the end in view while an answer grows, is followed by another, and ends', async () => {
    const { viewport, thread, grow, begin, end, fromEnd, isFollowing } = await longLog()
    void thread.send('Hi')

    for (let index = 0; index < 20; index += 1) {
      await grow(lines(2))
      expect(fromEnd()).toBeLessThanOrEqual(1)
    }
    await begin(lines(40))
    await begin(lines(10))
    expect(fromEnd()).toBeLessThanOrEqual(1)
    await end()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
    expect(messagesIn(viewport).at(-1)?.ariaPosInSet).toBe('1003')
    expect(messagesIn(viewport)[0]?.ariaSetSize).toBe('1003')
  })
})
