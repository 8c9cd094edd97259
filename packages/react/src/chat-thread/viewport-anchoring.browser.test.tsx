import { describe, expect, it } from 'vitest'
import { frames, lines, messagesIn, scrollingLog, topIn } from '../../test/scrolling-log.tsx'

function above(height: number): HTMLElement {
  const element = document.createElement('div')
  element.style.height = `${height}px`
  return element
}

describe('ChatThread.Viewport', () => {
  it.each([
    ['is added', (viewport: HTMLElement) => viewport.prepend(above(300))],
    ['grows', (viewport: HTMLElement) => messagesIn(viewport)[1]?.append(above(120), above(40))],
  ])('shows the same when something above %s while a person reads', async (_, change) => {
    const { viewport, isFollowing } = await scrollingLog()
    viewport.scrollTop = 400
    await frames()
    const shown = messagesIn(viewport).find((message) => topIn(viewport, message) >= 0)
    const top = topIn(viewport, shown)

    change(viewport)
    await frames()

    expect(topIn(viewport, shown)).toBe(top)
    expect(viewport.scrollTop).toBeGreaterThan(500)
    expect(isFollowing()).toBe(false)
  })

  it('stays at the end when something above is added or grows while it follows', async () => {
    const { viewport, fromEnd, isFollowing } = await scrollingLog()
    const last = messagesIn(viewport).at(-1)
    const top = topIn(viewport, last)

    viewport.prepend(above(300))
    await frames()
    expect(topIn(viewport, last)).toBe(top)
    messagesIn(viewport)[1]?.append(above(120))
    await frames()

    expect(topIn(viewport, last)).toBe(top)
    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('takes the anchoring of the browser upon itself only while it follows', async () => {
    const { viewport } = await scrollingLog()
    expect(viewport.style.overflowAnchor).toBe('none')

    viewport.scrollTop = 400
    await frames()
    expect(viewport.style.overflowAnchor).toBe('')
    viewport.scrollTop = viewport.scrollHeight
    await frames()

    expect(viewport.style.overflowAnchor).toBe('none')
  })

  it('leaves the anchoring that an application chose as it was', async () => {
    const style = { height: 200, overflow: 'auto', overflowAnchor: 'auto' } as const
    const { viewport } = await scrollingLog({ viewport: { style } })

    viewport.scrollTop = 200
    await frames()

    expect(viewport.style.overflowAnchor).toBe('auto')
  })

  it('is not taken hold of by what grows above, though that moves it down', async () => {
    const { viewport, thread, grow, isFollowing, fromEnd } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(3))
    document.getSelection()?.selectAllChildren(messagesIn(viewport).at(-1) as Node)
    await expect.poll(isFollowing).toBe(false)
    const before = viewport.scrollTop

    viewport.prepend(above(300))
    await frames()

    expect(viewport.scrollTop).toBe(before + 300)
    expect(fromEnd()).toBeLessThanOrEqual(8)
    expect(isFollowing()).toBe(false)
    document.getSelection()?.removeAllRanges()
  })
})
