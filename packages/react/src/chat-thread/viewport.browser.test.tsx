import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { frames, lines, scrollingLog } from '../../test/scrolling-log.tsx'

describe('ChatThread.Viewport', () => {
  it('is a log with a name that can be scrolled with the keyboard and is not read aloud', async () => {
    const { viewport } = await scrollingLog()

    expect(viewport.getAttribute('aria-live')).toBe('off')
    expect(viewport.tabIndex).toBe(0)
    viewport.focus()
    await userEvent.keyboard('{Home}')

    await expect.poll(() => viewport.scrollTop).toBe(0)
  })

  it('begins at the end', async () => {
    const { fromEnd, isFollowing } = await scrollingLog()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('follows the end while text grows, also by 600 pixels in one frame', async () => {
    const { thread, grow, fromEnd, isFollowing, viewport } = await scrollingLog()
    void thread.send('Hi')

    for (let index = 0; index < 5; index += 1) {
      await grow(lines(2))
      expect(fromEnd()).toBeLessThanOrEqual(1)
    }
    const before = viewport.scrollHeight
    await grow(lines(30))

    expect(viewport.scrollHeight - before).toBeGreaterThanOrEqual(600)
    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('follows at once where a style sheet asks for smooth scrolling', async () => {
    const style = { height: 200, overflow: 'auto', scrollBehavior: 'smooth' } as const
    const { thread, grow, fromEnd } = await scrollingLog({ viewport: { style } })
    expect(fromEnd()).toBeLessThanOrEqual(1)
    void thread.send('Hi')

    await grow(lines(30))

    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('lets go when a person scrolls up, and takes hold again at the end', async () => {
    const { thread, grow, viewport, fromEnd, isFollowing } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(10))

    viewport.scrollTop -= 120
    await frames()
    const held = viewport.scrollTop
    expect(isFollowing()).toBe(false)
    await grow(lines(10))
    expect(viewport.scrollTop).toBe(held)
    expect(fromEnd()).toBeGreaterThan(100)

    viewport.scrollTop = viewport.scrollHeight
    await frames()
    expect(isFollowing()).toBe(true)
    await grow(lines(10))

    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('lets go with the wheel while text arrives every frame', async () => {
    const { thread, grow, viewport, fromEnd, isFollowing } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(10))

    await userEvent.wheel(viewport, { delta: { y: -100 } })
    for (let index = 0; index < 6; index += 1) await grow(lines(1))

    expect(isFollowing()).toBe(false)
    expect(fromEnd()).toBeGreaterThan(100)
  })

  it('lets go of a person who scrolls up slowly, a few pixels between two deltas', async () => {
    const { thread, grow, viewport, fromEnd, isFollowing } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(10))

    for (let index = 0; index < 5; index += 1) {
      viewport.scrollTop -= 5
      await frames(2)
      await grow(lines(1))
    }

    expect(isFollowing()).toBe(false)
    expect(fromEnd()).toBeGreaterThan(100)
  })

  it('keeps its hold when what it shows becomes shorter', async () => {
    const { thread, grow, viewport, fromEnd, isFollowing } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(10))

    viewport.querySelector('article')?.remove()
    viewport.style.height = '260px'
    await frames()
    expect(isFollowing()).toBe(true)
    await grow(lines(10))

    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('stays at the end when it becomes smaller itself', async () => {
    const { viewport, fromEnd, isFollowing } = await scrollingLog()

    viewport.style.height = '100px'
    await frames()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('returns to the end when a turn is sent', async () => {
    const { page, grow, viewport, fromEnd, isFollowing } = await scrollingLog()
    viewport.scrollTop = 0
    await frames()
    expect(isFollowing()).toBe(false)

    await userEvent.type(page.getByRole('textbox', { name: 'Message' }), 'Hi{Enter}')
    await frames()

    expect(isFollowing()).toBe(true)
    expect(fromEnd()).toBeLessThanOrEqual(1)
    await grow(lines(5))
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('changes no scroll position while the person reads further up', async () => {
    const { viewport, isFollowing, thread, grow } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(3))
    viewport.scrollTop = 40
    await frames()

    for (let index = 0; index < 5; index += 1) await grow(lines(5))

    expect(viewport.scrollTop).toBe(40)
    expect(isFollowing()).toBe(false)
  })

  it('shows an empty thread from its beginning, however tall that is', async () => {
    await scrollingLog({ turns: [] })
    await frames()

    expect(document.querySelector('[role="log"]')?.scrollTop).toBe(0)
  })
})
