import { afterEach, describe, expect, it } from 'vitest'
import { emulateMedia } from '../../test/emulate-media.ts'
import { frames, lines, scrollingLog } from '../../test/scrolling-log.tsx'

afterEach(() => emulateMedia({}))

describe('ChatThread.ScrollToEnd', () => {
  it('counts what began since the end was left, and goes back to it', async () => {
    const { thread, viewport, fromEnd, isFollowing, page, begin } = await scrollingLog()
    void thread.send('Hi')
    await begin(lines(20))
    const button = page.getByRole('button', { name: /^Go to the end/ })
    await expect.element(button).toHaveAttribute('aria-disabled', 'true')

    viewport.scrollTop -= 300
    await frames()
    await begin('A second message')
    await expect.element(button).toHaveAttribute('data-unread', '1')
    await expect.element(button).toHaveAccessibleName('Go to the end, 1 new message')
    viewport.scrollTop -= 60
    await frames()
    await expect.element(button).toHaveAttribute('data-unread', '1')
    await button.click()

    await expect.poll(fromEnd).toBeLessThanOrEqual(1)
    await expect.poll(isFollowing).toBe(true)
    await expect.element(button).not.toHaveAttribute('data-unread')
    expect(document.activeElement).toBe(viewport)
  })

  it('keeps up with an answer that grows while it is on the way', async () => {
    const { thread, grow, viewport, page, isFollowing, fromEnd } = await scrollingLog()
    void thread.send('Hi')
    await grow(lines(10))
    viewport.scrollTop -= 300
    await frames()
    expect(isFollowing()).toBe(false)

    const button = page.getByRole('button', { name: 'Go to the end' })
    ;(button.element() as HTMLElement).click()
    await frames(1)
    expect(fromEnd()).toBeGreaterThan(8)
    expect(isFollowing()).toBe(true)
    for (let index = 0; index < 10; index += 1) await grow(lines(4))

    expect(isFollowing()).toBe(true)
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('glides where the end is near, and jumps for those who want no motion (A11y 31)', async () => {
    const { viewport, page, fromEnd } = await scrollingLog()
    const button = page.getByRole('button', { name: 'Go to the end' }).element() as HTMLElement
    const leave = async (): Promise<void> => {
      viewport.scrollTop -= 300
      await frames()
    }

    await leave()
    button.click()
    expect(fromEnd()).toBeGreaterThan(200)
    await expect.poll(fromEnd).toBeLessThanOrEqual(1)

    await emulateMedia({ 'prefers-reduced-motion': 'reduce' })
    await leave()
    button.click()

    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('stays where a person is who selects text while it is on the way', async () => {
    const { viewport, page, fromEnd, isFollowing } = await scrollingLog()
    const button = page.getByRole('button', { name: 'Go to the end' }).element() as HTMLElement
    viewport.scrollTop -= 390
    await frames()
    button.click()
    await frames()
    expect(isFollowing()).toBe(true)

    document.getSelection()?.selectAllChildren(viewport.firstElementChild as Node)
    await expect.poll(isFollowing).toBe(false)
    const held = fromEnd()
    await frames(40)

    expect(held).toBeGreaterThan(8)
    expect(fromEnd()).toBe(held)
    expect(isFollowing()).toBe(false)
    document.getSelection()?.removeAllRanges()
  })
})
