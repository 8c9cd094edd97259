import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { frames, lines, messagesIn, scrollingLog } from '../../test/scrolling-log.tsx'

const messageKeys = { messageKeys: true }
const style = { height: 200, overflow: 'auto' }
const keys = { viewport: { style, ...messageKeys } }
const focused = (): Element | null => document.activeElement

describe('ChatThread.Viewport', () => {
  it('can be scrolled with PageUp, PageDown, Home and End (A11y 23)', async () => {
    const { viewport, fromEnd } = await scrollingLog()
    viewport.focus()

    await userEvent.keyboard('{PageUp}')
    await expect.poll(fromEnd).toBeGreaterThan(100)
    const after = fromEnd()
    await userEvent.keyboard('{Home}')
    await expect.poll(() => viewport.scrollTop).toBe(0)
    await userEvent.keyboard('{PageDown}')
    await expect.poll(() => viewport.scrollTop).toBeGreaterThan(100)
    await userEvent.keyboard('{End}')

    await expect.poll(fromEnd).toBeLessThanOrEqual(1)
    expect(after).toBeLessThan(viewport.scrollHeight - viewport.clientHeight)
  })

  it('is one tab stop, however many messages it has (A11y 24)', async () => {
    const { viewport, page } = await scrollingLog(keys)
    for (const button of viewport.querySelectorAll('button')) button.remove()
    await userEvent.click(page.getByRole('textbox'))

    await userEvent.keyboard('{Shift>}{Tab}{Tab}{/Shift}')
    expect(focused()).toBe(viewport)
    await userEvent.keyboard('{Tab}')

    expect(viewport.contains(focused())).toBe(false)
  })

  it('moves the focus between messages with Alt and the arrows, first from the log to the last (A11y 24)', async () => {
    const { viewport, isFollowing } = await scrollingLog(keys)
    const messages = messagesIn(viewport)
    viewport.focus()

    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(focused()).toBe(viewport)
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(focused()).toBe(messages.at(-1))
    await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}')
    expect(focused()).toBe(messages.at(-3))
    expect(isFollowing()).toBe(false)
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(focused()).toBe(messages.at(-2))
    messages.at(-5)?.querySelector('button')?.focus()
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')

    expect(focused()).toBe(messages.at(-4))
  })

  it('moves the focus to the first and the last message with Home and End, and no further (A11y 24)', async () => {
    const { viewport } = await scrollingLog(keys)
    const messages = messagesIn(viewport)
    messages.at(4)?.focus()

    await userEvent.keyboard('{Home}')
    expect(focused()).toBe(messages[0])
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(focused()).toBe(messages[0])
    await userEvent.keyboard('{End}')
    expect(focused()).toBe(messages.at(-1))
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')

    expect(focused()).toBe(messages.at(-1))
  })

  it('scrolls with Home from the log itself, and moves no focus', async () => {
    const { viewport } = await scrollingLog(keys)
    viewport.focus()

    await userEvent.keyboard('{Home}')

    await expect.poll(() => viewport.scrollTop).toBe(0)
    expect(focused()).toBe(viewport)
  })

  it('keeps the focus on a message while its answer streams, and ends (A11y 24)', async () => {
    const { viewport, thread, grow, begin, isFollowing } = await scrollingLog(keys)
    void thread.send('Hi')
    await grow('The answer')
    viewport.focus()

    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    const answer = focused()
    expect(answer).toBe(messagesIn(viewport).at(-1))
    expect(isFollowing()).toBe(false)
    const held = viewport.scrollTop
    for (let index = 0; index < 5; index += 1) await grow(lines(5))
    expect(viewport.scrollTop).toBe(held)
    await begin(`The answer${lines(25)}`)

    expect(focused()).toBe(answer)
    expect(answer?.getAttribute('data-status')).toBe('done')
  })

  it('leaves these keys alone unless it is asked to take them', async () => {
    const { viewport } = await scrollingLog()
    viewport.focus()

    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')

    expect(focused()).toBe(viewport)
  })

  it('leaves these keys to a handler of the user, and to a text field in the log', async () => {
    const { viewport } = await scrollingLog({
      viewport: {
        ...keys.viewport,
        onKeyDown(event) {
          if (event.target === event.currentTarget) event.preventDefault()
        },
      },
      wrap: (messages) => (
        <div>
          {messages}
          <input aria-label="Edit" />
        </div>
      ),
    })
    viewport.focus()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(focused()).toBe(viewport)

    const field = viewport.querySelector('input')
    field?.focus()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await frames()

    expect(focused()).toBe(field)
  })
})
