import { act } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message, ToolCall } from '../index.ts'

const agent = { agentId: 'agent' }

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'setInterval', 'clearInterval'] })
})
afterEach(() => void vi.useRealTimers())

function setUp() {
  const hand = handDriven()
  const client = clientOf(hand)
  const page = renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => (
          <Message.Parts>
            {(part) => part.type === 'tool-call' && <ToolCall.Duration />}
          </Message.Parts>
        )}
      </ChatThread.Messages>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  return { ...hand, ...page, thread: client.thread(agent) }
}

const duration = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[data-part="tool-call-duration"]')
const start = { type: 'tool_start', callId: 'a', name: 'sum' } as const
const end = { type: 'tool_end', callId: 'a', output: 1 } as const

describe('ToolCall.Duration', () => {
  it('counts whole seconds while the call runs, then says how long it took', async () => {
    const { newest } = setUp()
    await newest().emit(start)
    expect(duration()?.dataset['running']).toBe('')

    act(() => void vi.advanceTimersByTime(3000))
    expect(duration()?.textContent).toBe('3 s')
    vi.setSystemTime(1_004_200)
    await newest().emit(end)

    expect(duration()?.textContent).toBe('4.2 s')
    expect(duration()?.hasAttribute('data-running')).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts a second once it is over', async () => {
    const { newest } = setUp()
    await newest().emit(start)

    vi.setSystemTime(1_001_900)
    act(() => void vi.advanceTimersByTime(1000))

    expect(duration()?.textContent).toBe('2 s')
  })

  it('says nothing of a call that never ended, and counts no further', async () => {
    const { newest, thread } = setUp()
    await newest().emit(start, delta('x'))

    act(() => void thread.stop())

    expect(duration()).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no timer on a page that was left', async () => {
    const { newest, unmount } = setUp()
    await newest().emit(start)
    expect(vi.getTimerCount()).toBe(1)

    unmount()

    expect(vi.getTimerCount()).toBe(0)
  })
})
