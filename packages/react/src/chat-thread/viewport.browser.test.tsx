import {
  createFluoClient,
  memoryStorage,
  type FluoClient,
  type FluoEvent,
  type Turn,
} from '@fluokit/core'
import { StrictMode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ChatThread, Composer, FluoProvider, Message } from '../index.ts'

const agent = { agentId: 'agent' }

const earlier: readonly Turn[] = Array.from({ length: 20 }, (_, index) => ({
  id: `turn-${index}`,
  input: { query: `question ${index}` },
  sentAt: index,
  runs: [
    {
      id: `run-${index}`,
      end: 'done',
      error: null,
      messages: [
        {
          id: `run-${index}:0`,
          isFinal: true,
          parts: [{ type: 'text', id: `text-${index}`, chunks: [`answer ${index}`] }],
        },
      ],
    },
  ],
}))

/** The time that every animation frame so far has been painted, and the scroll events after it were told. */
async function frames(count = 3): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

async function setUp(turns: readonly Turn[] = earlier) {
  const line = new TransformStream<FluoEvent, FluoEvent>()
  const writer = line.writable.getWriter()
  const client: FluoClient = createFluoClient({
    userScope: null,
    storage: memoryStorage(),
    transport: {
      async *start() {
        for await (const event of line.readable) yield [{ cursor: null, event }]
      },
    },
  })
  const page = await render(
    <StrictMode>
      <FluoProvider client={client}>
        <ChatThread.Root {...agent} initialTurns={turns}>
          <ChatThread.Viewport
            style={{ height: 200, overflow: 'auto', font: '16px/20px sans-serif' }}
          >
            <ChatThread.Empty style={{ height: 600 }} />
            <ChatThread.Messages>
              {() => (
                <Message.Root>
                  <Message.Parts>{() => <Message.Text />}</Message.Parts>
                </Message.Root>
              )}
            </ChatThread.Messages>
          </ChatThread.Viewport>
          <ChatThread.ScrollToEnd />
          <Composer.Root>
            <Composer.Input />
          </Composer.Root>
        </ChatThread.Root>
      </FluoProvider>
    </StrictMode>,
  )
  const viewport = page.getByRole('log', { name: 'Conversation' }).element() as HTMLElement
  await frames()
  return {
    page,
    viewport,
    thread: client.thread(agent),
    fromEnd: () => viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop,
    isFollowing: () => viewport.hasAttribute('data-following'),
    /** Another message of the same run, which ends at once. */
    begin: async (text: string) => {
      await writer.write({ type: 'message_final', text })
      await frames()
    },
    grow: async (text: string) => {
      await writer.write({ type: 'message_delta', text })
      await frames()
    },
  }
}

const lines = (count: number): string => 'line\n'.repeat(count)

describe('ChatThread.Viewport', () => {
  it('is a log with a name that can be scrolled with the keyboard and is not read aloud', async () => {
    const { viewport } = await setUp()

    expect(viewport.getAttribute('aria-live')).toBe('off')
    expect(viewport.tabIndex).toBe(0)
    viewport.focus()
    await userEvent.keyboard('{Home}')

    await expect.poll(() => viewport.scrollTop).toBe(0)
  })

  it('begins at the end', async () => {
    const { fromEnd, isFollowing } = await setUp()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('follows the end while text grows, also by 600 pixels in one frame', async () => {
    const { thread, grow, fromEnd, isFollowing, viewport } = await setUp()
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

  it('lets go when a person scrolls up, and takes hold again at the end', async () => {
    const { thread, grow, viewport, fromEnd, isFollowing } = await setUp()
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
    const { thread, grow, viewport, fromEnd, isFollowing } = await setUp()
    void thread.send('Hi')
    await grow(lines(10))

    await userEvent.wheel(viewport, { delta: { y: -100 } })
    for (let index = 0; index < 6; index += 1) await grow(lines(1))

    expect(isFollowing()).toBe(false)
    expect(fromEnd()).toBeGreaterThan(100)
  })

  it('lets go of a person who scrolls up slowly, a few pixels between two deltas', async () => {
    const { thread, grow, viewport, fromEnd, isFollowing } = await setUp()
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
    const { thread, grow, viewport, fromEnd, isFollowing } = await setUp()
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
    const { viewport, fromEnd, isFollowing } = await setUp()

    viewport.style.height = '100px'
    await frames()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('returns to the end when a turn is sent', async () => {
    const { page, grow, viewport, fromEnd, isFollowing } = await setUp()
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
    const { viewport, isFollowing, thread, grow } = await setUp()
    void thread.send('Hi')
    await grow(lines(3))
    viewport.scrollTop = 40
    await frames()

    for (let index = 0; index < 5; index += 1) await grow(lines(5))

    expect(viewport.scrollTop).toBe(40)
    expect(isFollowing()).toBe(false)
  })

  it('shows an empty thread from its beginning, however tall that is', async () => {
    await setUp([])
    await frames()

    expect(document.querySelector('[role="log"]')?.scrollTop).toBe(0)
  })
})

describe('ChatThread.ScrollToEnd', () => {
  it('counts what began since the end was left, and goes back to it', async () => {
    const { thread, viewport, fromEnd, isFollowing, page, begin } = await setUp()
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

  it('lets go of the end when a person selects text in the log', async () => {
    const { viewport, isFollowing } = await setUp()
    const article = viewport.querySelector('article')

    document.getSelection()?.selectAllChildren(article as Node)

    await expect.poll(isFollowing).toBe(false)
    document.getSelection()?.removeAllRanges()
  })

  it('leaves no listener on the document', async () => {
    const added = vi.spyOn(document, 'addEventListener')
    const removed = vi.spyOn(document, 'removeEventListener')
    const { page } = await setUp()

    await page.unmount()

    const count = (spy: typeof added): number =>
      spy.mock.calls.filter(([name]) => name === 'selectionchange').length
    expect(count(removed as typeof added)).toBe(count(added))
    expect(count(added)).toBeGreaterThan(0)
    vi.restoreAllMocks()
  })
})
