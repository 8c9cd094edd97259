import { describe, expect, it } from 'vitest'
import { longLog, emptyIn, rowAt, rowsIn, rowsInView, unevenTurns } from '../../test/long-log.ts'
import { frames, lines, messagesIn, topIn } from '../../test/scrolling-log.tsx'
import { turnStartLog } from '../../test/turn-start-log.ts'
import { ChatThreadVirtualMessages } from './index.ts'

const questionStart = { turns: unevenTurns(500), Messages: ChatThreadVirtualMessages }

describe('ChatThreadVirtualMessages', () => {
  it.each([0, 0.5, 1])(
    'puts the question of a sent turn at the top with anchor="turn-start", from %f of the way, and does not move it',
    async (part) => {
      const { send, grow, viewport, isFollowing } = await turnStartLog(questionStart)
      viewport.scrollTop = part * viewport.scrollHeight
      await frames()

      const question = await send('Hi')
      await frames()
      expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
      expect(isFollowing()).toBe(true)
      const top = topIn(viewport, question)
      for (let index = 0; index < 8; index += 1) {
        await grow(lines(3))
        expect(topIn(viewport, question)).toBe(top)
      }

      expect(isFollowing()).toBe(false)
      expect(rowsIn(viewport).length).toBeLessThan(30)
    },
  )

  it('goes to the end with ChatThread.ScrollToEnd from anywhere, and counts what began until then', async () => {
    const { viewport, thread, begin, page, fromEnd, isFollowing } = await longLog()
    const button = page.getByRole('button', { name: /^Go to the end/ })
    void thread.send('Hi')
    await begin(lines(20))
    for (const part of [0, 0.5]) {
      viewport.scrollTop = part * viewport.scrollHeight
      await frames()
      expect(isFollowing()).toBe(false)
      await begin(`What came at ${part}`)
      await expect.element(button).toHaveAttribute('data-unread', '1')
      viewport.scrollTop -= 400
      await frames()
      await expect.element(button).toHaveAttribute('data-unread', '1')

      await button.click()
      await expect.poll(fromEnd).toBeLessThanOrEqual(1)

      expect(isFollowing()).toBe(true)
      expect(emptyIn(viewport)).toBeLessThan(1)
      await expect.element(button).not.toHaveAttribute('data-unread')
      await frames()
    }
  })

  it('goes to the end of turns that come later, and of another thread', async () => {
    const { viewport, show, fromEnd, isFollowing } = await longLog({ turns: [] })
    expect(rowsIn(viewport)).toEqual([])

    await show({
      threadKey: 'long',
      turns: unevenTurns(500),
      Messages: ChatThreadVirtualMessages,
    })
    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(emptyIn(viewport)).toBeLessThan(1)
    viewport.scrollTop = 0
    await frames()
    expect(rowsInView(viewport)[0]).toBe(rowAt(viewport, 0))
    await show({
      threadKey: 'other',
      turns: unevenTurns(300).map((turn) => ({ ...turn, id: `other ${turn.id}` })),
      Messages: ChatThreadVirtualMessages,
    })

    expect(messagesIn(viewport).at(-1)?.ariaPosInSet).toBe('600')
    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(emptyIn(viewport)).toBeLessThan(1)
    expect(isFollowing()).toBe(true)
  })

  it('begins anew after a reset', async () => {
    const { viewport, thread, grow, fromEnd } = await longLog()
    thread.reset()
    await frames()
    expect(rowsIn(viewport)).toEqual([])

    void thread.send('Hi')
    await grow(lines(30))

    expect(messagesIn(viewport).map((message) => message.ariaPosInSet)).toEqual(['1', '2'])
    expect(messagesIn(viewport)[0]?.ariaSetSize).toBe('2')
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('is at the end again once a log that was hidden is shown, whatever came meanwhile', async () => {
    const { viewport, thread, begin, fromEnd } = await longLog()
    viewport.style.display = 'none'
    await frames()
    void thread.send('Hi')
    await begin(lines(30))
    expect(rowsIn(viewport).length).toBeLessThan(30)

    viewport.style.display = ''
    await frames()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(emptyIn(viewport)).toBeLessThan(1)
    expect(messagesIn(viewport).at(-1)?.ariaPosInSet).toBe('1002')
  })

  it('fills a view that becomes larger', async () => {
    const { viewport, fromEnd } = await longLog()

    viewport.style.height = '900px'
    await frames()
    expect(emptyIn(viewport)).toBeLessThan(1)
    expect(fromEnd()).toBeLessThanOrEqual(1)
    viewport.scrollTop = 0.4 * viewport.scrollHeight
    await frames()
    viewport.style.height = '1400px'
    await frames()

    expect(emptyIn(viewport)).toBeLessThan(1)
  })
})
