import { describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { frames, lines, scrollingLog } from '../../test/scrolling-log.tsx'

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

    await emulate([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    try {
      await leave()
      button.click()
      expect(fromEnd()).toBeLessThanOrEqual(1)
    } finally {
      await emulate([])
    }
  })
})

/** Shows the page to somebody with these preferences. */
function emulate(features: readonly { name: string; value: string }[]): Promise<unknown> {
  return (cdp() as unknown as Session).send('Emulation.setEmulatedMedia', { features })
}

interface Session {
  send(method: string, parameters: object): Promise<unknown>
}
