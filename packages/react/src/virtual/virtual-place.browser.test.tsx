import { afterEach, describe, expect, it } from 'vitest'
import { longLog, rowAt, rowsIn, rowsInView, emptyIn } from '../../test/long-log.ts'
import { frames, topIn } from '../../test/scrolling-log.tsx'

const style = { height: 200, overflow: 'auto', font: '16px/20px sans-serif' } as const

/** Where a newer browser holds the place by itself, and where ours must do it, as in Safari before 27. */
const anchorings = [
  ['the browser holds the place', {}],
  ['it does not', { viewport: { style: { ...style, overflowAnchor: 'none' } } }],
] as const

afterEach(() => document.body.removeAttribute('style'))

describe('ChatThreadVirtualMessages', () => {
  it.each([
    ['transform', 'scale(0.5)'],
    ['transform', 'scale(1.5)'],
    ['zoom', '0.5'],
    ['zoom', '1.5'],
  ])('fills the view wherever it is where a %s of %s is around it', async (name, value) => {
    document.body.style.setProperty(name, value)
    const { viewport, fromEnd } = await longLog()
    expect(fromEnd()).toBeLessThanOrEqual(1)

    for (const part of [1, 0.9, 0.5, 0.1, 0]) {
      viewport.scrollTop = part * viewport.scrollHeight
      await frames()
      const { top, bottom } = viewport.getBoundingClientRect()
      const shown = rowsInView(viewport).map((row) => row.getBoundingClientRect())
      expect(Math.min(...shown.map((box) => box.top))).toBeLessThanOrEqual(top + 1)
      expect(Math.max(...shown.map((box) => box.bottom))).toBeGreaterThanOrEqual(bottom - 1)
      expect(rowsIn(viewport).length).toBeLessThan(30)
    }
  })

  it('keeps what is read, and fills the view, when letters get another size', async () => {
    const { viewport } = await longLog()
    viewport.scrollTop = 0.5 * viewport.scrollHeight
    await frames()
    const read = Number(rowsInView(viewport)[0]?.dataset['index'])

    for (const font of ['24px/32px', '12px/14px', '40px/50px', '16px/20px']) {
      viewport.style.font = `${font} sans-serif`
      await frames(4)
      expect(Number(rowsInView(viewport)[0]?.dataset['index'])).toBe(read)
      expect(emptyIn(viewport)).toBeLessThan(1)
    }
  })

  it.each(anchorings)(
    'keeps what is read in its place while pictures above it come late, where %s',
    async (_, options) => {
      const { viewport } = await longLog(options)
      viewport.scrollTop = 0.5 * viewport.scrollHeight
      await frames()

      for (const height of ['333px', '80px', '500px']) {
        const [read] = rowsInView(viewport)
        const top = topIn(viewport, read)
        const above = rowAt(viewport, Number(read?.dataset['index']) - 2)
        const picture = document.createElement('canvas')
        picture.style.height = '0'
        above?.append(picture)
        await frames()
        picture.style.height = height
        await frames()
        expect(Math.abs(topIn(viewport, read) - top)).toBeLessThanOrEqual(1)
        viewport.scrollTop -= 700
        await frames()
        expect(emptyIn(viewport)).toBeLessThan(1)
      }
    },
  )
})
