import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  frames,
  lines,
  messagesIn,
  scrollingLog,
  topIn,
  type ScrollingLog,
} from '../../test/scrolling-log.tsx'

afterEach(() => document.getSelection()?.removeAllRanges())

/** A log that follows an answer as it grows. */
async function growing(): Promise<ScrollingLog> {
  const log = await scrollingLog()
  void log.thread.send('Hi')
  await log.grow(lines(10))
  expect(log.isFollowing()).toBe(true)
  return log
}

function select({ viewport }: ScrollingLog): void {
  document.getSelection()?.selectAllChildren(messagesIn(viewport).at(-2) as Node)
}

function touch(viewport: HTMLElement, type: 'touchstart' | 'touchmove', clientY: number): void {
  const finger = new Touch({ identifier: 1, target: viewport, clientY })
  viewport.dispatchEvent(new TouchEvent(type, { touches: [finger], bubbles: true }))
}

const key = (init: KeyboardEventInit) => (viewport: HTMLElement) =>
  void viewport.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }))

// None of these events scrolls anything by itself: no scroll event helps.
const ways: readonly (readonly [string, (viewport: HTMLElement) => void])[] = [
  [
    'turns the wheel up',
    (viewport) => viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: -4, bubbles: true })),
  ],
  [
    'drags down with a finger',
    (viewport) => {
      touch(viewport, 'touchstart', 50)
      touch(viewport, 'touchmove', 60)
    },
  ],
  ['presses PageUp', key({ key: 'PageUp' })],
  ['presses ArrowUp', key({ key: 'ArrowUp' })],
  ['presses Home', key({ key: 'Home' })],
  ['presses Shift+Space', key({ key: ' ', shiftKey: true })],
]

/** A browser under load scrolls smoothly for longer than a second. */
const patient = { timeout: 5000 }

describe('ChatThread.Viewport', () => {
  it.each(ways)('lets go at once of a person who %s', async (_, act) => {
    const { viewport, grow, isFollowing, fromEnd } = await growing()
    const held = viewport.scrollTop

    act(viewport)
    await grow(lines(10))

    expect(isFollowing()).toBe(false)
    expect(viewport.scrollTop).toBe(held)
    expect(fromEnd()).toBeGreaterThan(100)
  })

  it.each<readonly [string, (viewport: HTMLElement) => void]>([
    [
      'turns the wheel down',
      (viewport) => viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: 4, bubbles: true })),
    ],
    [
      'drags up with a finger',
      (viewport) => {
        touch(viewport, 'touchstart', 60)
        touch(viewport, 'touchmove', 50)
      },
    ],
    ['presses PageDown', key({ key: 'PageDown' })],
    ['presses Space', key({ key: ' ' })],
  ])('keeps its hold of a person who %s', async (_, act) => {
    const { viewport, grow, isFollowing, fromEnd } = await growing()

    act(viewport)
    await grow(lines(10))

    expect(isFollowing()).toBe(true)
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('keeps its hold where there is nothing to scroll', async () => {
    const { viewport, thread, grow, isFollowing, fromEnd } = await scrollingLog({ turns: [] })
    void thread.send('Hi')
    await grow('Hello')

    for (const [, act] of ways) act(viewport)
    await grow(lines(20))

    expect(isFollowing()).toBe(true)
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('lets a handler of the user keep a key for itself', async () => {
    const { viewport, isFollowing } = await scrollingLog({
      viewport: { onKeyDown: (event) => event.preventDefault() },
    })

    key({ key: 'PageUp' })(viewport)
    await frames()

    expect(isFollowing()).toBe(true)
  })

  it('lets go when a person pages up with a real key, and takes hold again at the end', async () => {
    const { viewport, grow, isFollowing, fromEnd } = await growing()
    viewport.focus()

    await userEvent.keyboard('{PageUp}')
    await grow(lines(10))
    expect(isFollowing()).toBe(false)
    await expect.poll(fromEnd, patient).toBeGreaterThan(200) // the browser itself scrolls smoothly
    await userEvent.keyboard('{End}')

    await expect.poll(isFollowing, patient).toBe(true)
    await expect.poll(fromEnd, patient).toBeLessThanOrEqual(8)
  })

  it('lets go when a person selects text in the log', async () => {
    const log = await scrollingLog()

    select(log)

    await expect.poll(log.isFollowing).toBe(false)
  })

  it('lets go when a person selects everything there is with the log in focus', async () => {
    const { viewport, grow, isFollowing } = await growing()
    // The selection of a whole page begins before the log and ends after it.
    const around = [document.createElement('p'), document.createElement('p')] as const
    for (const text of around) text.textContent = 'around'
    onTestFinished(() => around.forEach((text) => text.remove()))
    document.body.prepend(around[0])
    document.body.append(around[1])
    viewport.focus()

    await userEvent.keyboard('{Control>}a{/Control}')
    await expect.poll(isFollowing).toBe(false)
    const held = viewport.scrollTop
    await grow(lines(5))

    expect(document.getSelection()?.toString()).toContain('line')
    expect(viewport.scrollTop).toBe(held)
  })

  it('is not taken hold of again by the scroll event of its own last movement', async () => {
    const log = await growing()
    const { viewport, grow, isFollowing } = log
    await grow('')
    // Growing and selecting in one frame: the scroll event of the growing comes in the next.
    const sized = new Promise<void>((resolve) => {
      new ResizeObserver(() => viewport.scrollTop > held && resolve()).observe(
        messagesIn(viewport).at(-1) as HTMLElement,
      )
    })
    const held = viewport.scrollTop
    void grow(lines(3))
    await sized
    select(log)
    await frames()

    expect(isFollowing()).toBe(false)
  })

  it('stays let go at the very end until something moves down', async () => {
    const log = await growing()
    const { viewport, grow, isFollowing } = log
    select(log)
    await expect.poll(isFollowing).toBe(false)

    viewport.scrollTop -= 4
    await frames()
    expect(isFollowing()).toBe(false)
    viewport.scrollTop += 4
    await frames()
    expect(isFollowing()).toBe(true)
    await grow(lines(3))
    expect(isFollowing()).toBe(true)
  })

  it('does not slide a control away that a keyboard has reached', async () => {
    const { viewport, grow, isFollowing } = await growing()
    viewport.focus()

    // Backwards out of the input: the last control of the log, at its very end.
    await userEvent.click(document.querySelector('textarea') as HTMLElement)
    await userEvent.keyboard('{Shift>}{Tab}{Tab}{/Shift}')
    const control = document.activeElement as HTMLElement
    expect(messagesIn(viewport).at(-1)?.contains(control)).toBe(true)
    await frames()
    const top = topIn(viewport, control.parentElement as HTMLElement)
    await grow(lines(10))

    expect(isFollowing()).toBe(false)
    expect(topIn(viewport, control.parentElement as HTMLElement)).toBe(top)
  })

  it('does not take hold again when the focus is what scrolls to the end', async () => {
    const { viewport, isFollowing, fromEnd } = await growing()
    const controls = viewport.querySelectorAll('button')
    viewport.scrollTop = 0
    await frames()
    controls[controls.length - 2]?.focus({ preventScroll: true })

    await userEvent.keyboard('{Tab}')
    await frames()

    expect(document.activeElement).toBe(controls[controls.length - 1])
    expect(fromEnd()).toBeLessThanOrEqual(8)
    expect(isFollowing()).toBe(false)
  })

  it('keeps its hold when a pointer presses a control in the log', async () => {
    const { viewport, isFollowing } = await growing()

    await userEvent.click([...viewport.querySelectorAll('button')].at(-1) as HTMLElement)
    await frames()

    expect(isFollowing()).toBe(true)
  })

  it('listens on the document only while it is on the page', async () => {
    const added = vi.spyOn(document, 'addEventListener')
    const { page } = await scrollingLog()
    const signals = added.mock.calls
      .filter(([name]) => name === 'selectionchange')
      .map(([, , options]) => (options as AddEventListenerOptions).signal)
    vi.restoreAllMocks()
    expect(signals.at(-1)?.aborted).toBe(false)

    await page.unmount()

    expect(signals.every((signal) => signal?.aborted)).toBe(true)
  })
})
