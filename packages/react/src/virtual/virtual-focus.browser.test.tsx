import { afterEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { longLog, rowAt, rowsIn, rowsInView } from '../../test/long-log.ts'
import { frames, messagesIn } from '../../test/scrolling-log.tsx'

const style = { height: 200, overflow: 'auto', font: '16px/20px sans-serif' } as const
const keys = { viewport: { style, messageKeys: true } }
const focused = (): Element | null => document.activeElement
/** Where in the thread the message stands that has the focus in it, from 1. */
const place = (): string | null | undefined => focused()?.closest('article')?.ariaPosInSet

/** Puts the log somewhere else at once. */
async function goTo(viewport: HTMLElement, part: number): Promise<void> {
  viewport.scrollTop = part * viewport.scrollHeight
  await frames()
}

afterEach(() => document.getSelection()?.removeAllRanges())

describe('ChatThreadVirtualMessages', () => {
  it('keeps the focus where it is while that is scrolled away, and comes back to it', async () => {
    const { viewport } = await longLog()
    await goTo(viewport, 0.5)
    const button = rowsInView(viewport)[0]?.querySelector('button')
    button?.focus({ preventScroll: true })
    const row = button?.closest<HTMLElement>('[data-part="chat-thread-row"]')

    for (const part of [0.1, 0, 1, 0.8]) {
      await goTo(viewport, part)
      expect(focused()).toBe(button)
      expect(row?.isConnected).toBe(true)
      expect(rowsIn(viewport).length).toBeLessThan(40)
    }
    row?.scrollIntoView()
    await frames()

    expect(focused()).toBe(button)
    expect(rowsInView(viewport)).toContain(row)
  })

  it('lets a row go once the focus has left it', async () => {
    const { viewport, page } = await longLog()
    await goTo(viewport, 0.5)
    const [row] = rowsInView(viewport)
    row?.querySelector('button')?.focus({ preventScroll: true })
    await goTo(viewport, 1)
    expect(row?.isConnected).toBe(true)

    ;(page.getByRole('textbox').element() as HTMLElement).focus()
    await goTo(viewport, 0.9)

    expect(row?.isConnected).toBe(false)
  })

  it.each([
    ['{Tab}', 1],
    ['{Shift>}{Tab}{/Shift}', -1],
  ])(
    'goes on with %s to what stands beside it in the thread, also where that was out of view',
    async (press, by) => {
      const { viewport } = await longLog()
      await goTo(viewport, 0.5)
      rowsInView(viewport)[0]?.querySelector('button')?.focus({ preventScroll: true })
      await goTo(viewport, 1)
      const first = Number(place())

      for (let count = 1; count <= 12; count += 1) {
        await userEvent.keyboard(press)
        await frames(1)
        expect(Number(place())).toBe(first + by * count)
      }
      await frames()

      expect(rowsInView(viewport)).toContain(focused()?.closest('[data-part="chat-thread-row"]'))
      expect(rowsIn(viewport).length).toBeLessThan(40)
    },
  )

  it('goes with Tab from the log to the first message, and with Shift+Tab from the input to the last', async () => {
    const { viewport, page } = await longLog()
    viewport.focus()
    await userEvent.keyboard('{Tab}')
    await frames()
    expect(place()).toBe('1')
    expect(rowsInView(viewport)).toContain(rowAt(viewport, 0))

    await userEvent.click(page.getByRole('textbox'))
    await userEvent.keyboard('{Shift>}{Tab}{Tab}{/Shift}')

    expect(place()).toBe('1000')
  })

  it('moves the focus between messages with Alt and the arrows, Home and End (A11y 24)', async () => {
    const { viewport } = await longLog(keys)
    viewport.focus()

    for (let count = 0; count < 30; count += 1) {
      await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
      expect(place()).toBe(`${1000 - count}`)
    }
    await userEvent.keyboard('{Home}')
    expect(place()).toBe('1')
    await frames()
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}')
    expect(place()).toBe('3')
    await frames()
    await userEvent.keyboard('{End}')

    expect(place()).toBe('1000')
    expect(focused()).toBe(messagesIn(viewport).at(-1))
  })

  it('can be scrolled with ArrowUp, PageUp, PageDown, Home and End (A11y 23)', async () => {
    const { viewport, fromEnd, isFollowing } = await longLog()
    viewport.focus()

    await userEvent.keyboard('{ArrowUp}')
    await expect.poll(fromEnd).toBeGreaterThan(10)
    expect(isFollowing()).toBe(false)
    const after = fromEnd()
    await userEvent.keyboard('{PageUp}')
    await expect.poll(fromEnd).toBeGreaterThan(after + 100)
    await userEvent.keyboard('{Home}')
    await expect.poll(() => viewport.scrollTop).toBe(0)
    await expect.poll(() => rowsInView(viewport)[0]).toBe(rowAt(viewport, 0))
    await userEvent.keyboard('{PageDown}')
    await expect.poll(() => viewport.scrollTop).toBeGreaterThan(100)
    await userEvent.keyboard('{End}')

    await expect.poll(fromEnd).toBeLessThanOrEqual(1)
    await expect.poll(isFollowing).toBe(true)
    expect(rowsInView(viewport).at(-1)).toBe(rowAt(viewport, 499))
  })

  it('takes the focus to the log when a reset takes away what had it', async () => {
    const { viewport, thread } = await longLog()
    rowsInView(viewport)[0]?.querySelector('button')?.focus({ preventScroll: true })

    thread.reset()
    await frames()

    expect(rowsIn(viewport)).toEqual([])
    expect(focused()).toBe(viewport)
  })
})
