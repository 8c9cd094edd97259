import { act, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message, Thinking } from '../index.ts'

const agent = { agentId: 'agent' }
const thinking = (text: string) => ({ type: 'thinking_part', text }) as const

function setUp() {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => (
          <Message.Parts>
            {(part) =>
              part.type === 'thinking' && (
                <Thinking.Root>
                  <Thinking.Trigger />
                  <Thinking.Panel />
                </Thinking.Root>
              )
            }
          </Message.Parts>
        )}
      </ChatThread.Messages>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  return { ...hand, thread: client.thread(agent) }
}

const trigger = (): HTMLElement => screen.getByRole('button')
const isOpen = (element = trigger()): string | null => element.getAttribute('aria-expanded')
const panel = (): HTMLElement | null =>
  document.getElementById(trigger().getAttribute('aria-controls') ?? '')

describe('Thinking', () => {
  it.each([
    [4_400, 'Thought for 4 s'],
    [400, 'Thought'],
  ])('says after %d ms of it: %s', async (milliseconds, said) => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
    const { newest } = setUp()
    await newest().emit(thinking('hmm'))
    vi.setSystemTime(1_000_000 + milliseconds)

    await newest().emit(delta('Yes'))

    expect(trigger().textContent).toBe(said)
    vi.useRealTimers()
  })

  it('is open and named so while it is the newest thing, and closed afterwards', async () => {
    const { newest } = setUp()
    await newest().emit(thinking('hmm'))
    expect(trigger()).toMatchObject({ textContent: 'Thinking' })
    expect(trigger().dataset['status']).toBe('running')
    expect([isOpen(), panel()?.hidden, panel()?.textContent]).toEqual(['true', false, 'hmm'])

    await newest().emit(thinking(' and hmm'))
    expect([isOpen(), panel()?.textContent]).toEqual(['true', 'hmm and hmm'])
    await newest().emit(delta('So.'))

    expect(trigger()).toMatchObject({ textContent: 'Thought' })
    expect(trigger().dataset['status']).toBe('done')
    expect([isOpen(), panel()?.hidden]).toEqual(['false', true])
  })

  it('stays open while a tool works on what was thought', async () => {
    const { newest } = setUp()
    await newest().emit(thinking('hmm'))

    await newest().emit({ type: 'tool_start', callId: 'c1', name: 'calculator' })

    expect([isOpen(), panel()?.hidden, trigger().textContent]).toEqual(['true', false, 'Thought'])
  })

  it('is closed when its run ends, however it ends', async () => {
    const { newest, thread } = setUp()
    await newest().emit(thinking('hmm'))

    await act(() => thread.stop())

    expect([isOpen(), trigger().textContent]).toEqual(['false', 'Thought'])
  })

  it('stays as the person has chosen while it goes on and when it is over', async () => {
    const { newest } = setUp()
    await newest().emit(thinking('hmm'))

    act(() => trigger().click())
    expect([isOpen(), panel()?.hidden]).toEqual(['false', true])
    await newest().emit(thinking(' hmm'))
    expect(isOpen()).toBe('false')
    act(() => trigger().click())
    await newest().emit(delta('So.'))

    expect([isOpen(), panel()?.hidden]).toEqual(['true', false])
  })

  it('opens each thought by itself', async () => {
    const { newest } = setUp()
    await newest().emit(thinking('one'), { type: 'tool_start', name: 'sum' })
    await newest().emit({ type: 'tool_end', name: 'sum' }, thinking('two'))
    const [first, second] = screen.getAllByRole('button')
    expect([isOpen(first), isOpen(second)]).toEqual(['false', 'true'])

    act(() => first?.click())

    expect([isOpen(first), isOpen(second)]).toEqual(['true', 'true'])
    expect(first?.getAttribute('aria-controls')).not.toBe(second?.getAttribute('aria-controls'))
  })
})
