import { describe, expect, it } from 'vitest'
import { frames, lines, topIn } from '../../test/scrolling-log.tsx'
import { turnsOf } from '../../test/turns.ts'
import { style, turnStartLog } from '../../test/turn-start-log.ts'

describe('ChatThread.Viewport with anchor="turn-start"', () => {
  it('leaves a person alone who scrolls, and shows ScrollToEnd', async () => {
    const { send, grow, viewport, isFollowing, fromEnd, page } = await turnStartLog()
    await send('Hi')
    await grow(lines(2))

    viewport.scrollTop -= 90
    await frames()
    const held = viewport.scrollTop
    expect(isFollowing()).toBe(false)
    for (let index = 0; index < 4; index += 1) await grow(lines(4))
    expect(viewport.scrollTop).toBe(held)
    await page.getByRole('button', { name: 'Go to the end' }).click()

    await expect.poll(fromEnd).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
    await grow(lines(4))
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('follows the end once a person has scrolled there', async () => {
    const { send, grow, viewport, isFollowing, fromEnd } = await turnStartLog()
    await send('Hi')
    await grow(lines(20))
    expect(isFollowing()).toBe(false)

    viewport.scrollTop += 60
    await frames()
    expect(isFollowing()).toBe(false)
    viewport.scrollTop = viewport.scrollHeight
    await frames()
    expect(isFollowing()).toBe(true)
    await grow(lines(10))

    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('counts the messages that begin below the fold', async () => {
    const { send, begin, page } = await turnStartLog()
    await send('Hi')
    await begin(lines(20))
    const button = page.getByRole('button', { name: /^Go to the end/ })
    await expect.element(button).not.toHaveAttribute('data-unread')

    await begin('A second message')

    await expect.element(button).toHaveAttribute('data-unread', '1')
  })

  it('takes the room away with a reset, and makes it again for what is sent then', async () => {
    const { send, thread, viewport, height, isFollowing } = await turnStartLog()
    await send('Hi')
    expect(height()).toBeGreaterThan(0)

    thread.reset()
    await frames()
    expect(height()).toBe(0)
    expect(viewport.scrollTop).toBe(0)
    expect(isFollowing()).toBe(true)
    const question = await send('Again')

    expect(height()).toBeGreaterThan(0)
    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
  })

  it('takes the room away when another thread is shown, and begins at its end', async () => {
    const { send, show, height, fromEnd, isFollowing } = await turnStartLog()
    await send('Hi')

    await show({
      threadKey: 'other',
      turns: turnsOf(15),
      viewport: { anchor: 'turn-start', style },
    })

    expect(height()).toBe(0)
    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })
})
