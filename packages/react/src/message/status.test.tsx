import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { clientOf, errorShown, renderWith } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message } from '../index.ts'

const agent = { agentId: 'agent' }

function setUp() {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Status data-testid="status" />
          </Message.Root>
        )}
      </ChatThread.Messages>
      <ChatThread.Error />
    </ChatThread.Root>,
  )
  return { ...hand, thread: client.thread(agent) }
}

const statuses = (): readonly unknown[] =>
  screen.queryAllByTestId('status').map((element) => element.dataset['status'])

describe('Message.Status', () => {
  it('says nothing of a question, of an open answer and of a whole one', async () => {
    const { thread, newest } = setUp()
    act(() => void thread.send('Hi'))
    expect(statuses()).toEqual([])

    await newest().emit(delta('Hello'))
    expect(statuses()).toEqual([])
    await newest().emit(final('Hello'))
    await newest().end()

    expect(statuses()).toEqual([])
    expect(screen.getAllByRole('article').map(({ dataset }) => dataset['status'])).toEqual([
      undefined,
      'done',
    ])
  })

  it('is silent while ChatThread.Error speaks of the same run, and speaks afterwards', async () => {
    const { thread, newest } = setUp()
    act(() => void thread.send('One'))
    await newest().emit(delta('part'))
    await newest().fail({ code: 'network' })
    expect(errorShown()).not.toBeNull()
    expect(statuses()).toEqual([])

    act(() => void thread.send('Two'))
    expect(errorShown()).toBeNull()
    expect(statuses()).toEqual(['interrupted'])
    await newest().emit(delta('part'))
    await newest().fail({ code: 'stalled' })

    expect(errorShown()?.textContent).toBe('The answer stopped arriving.')
    expect(statuses()).toEqual(['interrupted'])
    act(() => thread.clearError())
    expect(statuses()).toEqual(['interrupted', 'interrupted'])
  })
})

describe('Message.Status without a ChatThread.Error', () => {
  it('says how the newest run failed, for nobody else does', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>{() => <Message.Status data-testid="status" />}</ChatThread.Messages>
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('One'))
    await hand.newest().emit(delta('part'))

    await hand.newest().fail({ code: 'network' })

    expect(statuses()).toEqual(['interrupted'])
  })
})
