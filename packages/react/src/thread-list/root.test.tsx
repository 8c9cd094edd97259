import { act, fireEvent, screen } from '@testing-library/react'
import { StrictMode, useState, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import {
  answerNewest,
  ask,
  button,
  listed,
  openThreadList,
  press,
  questions,
  renderThread,
  three,
  ThreadListPage,
  trigger,
} from '../../test/thread-list-page.tsx'
import { ChatThread, ThreadList, type ThreadListRootProps } from '../index.ts'

function Later({ children }: { readonly children: ReactNode }): ReactNode {
  const [isNow, setNow] = useState(false)
  return isNow ? children : <button onClick={() => setNow(true)}>Later</button>
}
const onThreadKeyChange = () => vi.fn<NonNullable<ThreadListRootProps['onThreadKeyChange']>>()

describe('ThreadList.Root', () => {
  it('is a navigation with a name, over a list of conversations, the newest first', async () => {
    await openThreadList(three, { threadKey: 'b' })

    const nav = screen.getByRole('navigation', { name: 'Conversations' })
    expect(nav.querySelector('[role=list]')?.children).toHaveLength(3)
    expect(listed()).toEqual(['Third', '[Second]', 'First'])
    expect(questions()).toEqual(['Second'])
  })

  it('shows the agent’s current conversation where nobody says otherwise, as ChatThread.Root does', async () => {
    const { client } = await openThreadList(three)
    expect(listed()).toEqual(['Third', 'Second', 'First'])
    act(() => void client.thread({ agentId: 'agent' }).send('Current'))

    expect(listed()).toEqual(['[Current…]', 'Third', 'Second', 'First'])
  })

  it('opens no conversation: what ChatThread.Root says of it counts', async () => {
    const client = clientOf(handDriven())
    renderWith(
      client,
      <>
        <ThreadList.Root agentId="agent">
          <ThreadList.New />
        </ThreadList.Root>
        <Later>
          <ChatThread.Root agentId="agent" whenBusy="queue" />
        </Later>
      </>,
    )
    await settled()
    press(button('New conversation'))
    press(button('Later'))

    expect(client.thread({ agentId: 'agent' }).whenBusy).toBe('queue')
  })

  it('has only the conversations of its agent', async () => {
    const { client } = await openThreadList(three)

    act(() => void client.thread({ agentId: 'another', threadKey: 'x' }).send('Elsewhere'))

    expect(listed()).toEqual(['Third', 'Second', 'First'])
  })

  it('keeps what is chosen by itself where the app does not', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    void client.thread({ agentId: 'agent', threadKey: 'a' }).send('First')
    void client.thread({ agentId: 'agent', threadKey: 'b' }).send('Second')
    renderWith(
      client,
      <ThreadList.Root agentId="agent" defaultThreadKey="a">
        <ThreadList.Items>
          {() => (
            <ThreadList.Item>
              <ThreadList.Trigger />
            </ThreadList.Item>
          )}
        </ThreadList.Items>
      </ThreadList.Root>,
    )
    await settled()
    expect(listed().toSorted()).toEqual(['Second…', '[First…]'])

    press(trigger('Second'))

    expect(listed().toSorted()).toEqual(['First…', '[Second…]'])
  })

  it('goes back to the current conversation with an app that does', async () => {
    function Page(): ReactNode {
      const [threadKey, setThreadKey] = useState<string>()
      return (
        <ThreadList.Root
          agentId="agent"
          threadKey={threadKey}
          onThreadKeyChange={(key) => setThreadKey(key)}
        >
          <button onClick={() => setThreadKey(undefined)}>Home</button>
          <ThreadList.Items>{renderThread}</ThreadList.Items>
        </ThreadList.Root>
      )
    }
    const client = clientOf(handDriven())
    for (const threadKey of ['current', 'a', 'b'])
      void client.thread({ agentId: 'agent', threadKey }).send(threadKey)
    renderWith(client, <Page />)
    await settled()
    press(trigger('a'))
    press(trigger('b'))
    expect(listed()).toContain('[b…]')

    press(button('Home'))

    expect(listed()).toContain('[current…]')
  })

  it('leaves the run of a conversation that is left going, and says so', async () => {
    const hand = await openThreadList(three, { threadKey: 'a' })
    ask('How long?')
    await hand.newest().emit(delta('Long'))
    const first = hand.newest()
    press(trigger('Second'))
    expect(first.signal.aborted).toBe(false)
    expect(listed()).toEqual(['First…', 'Third', '[Second]'])
    expect(questions()).toEqual(['Second'])

    ask('And you?')
    await first.emit(delta(' and longer.'))
    expect(listed()).toEqual(['[Second…]', 'First…', 'Third'])
    expect(trigger('First').textContent).toBe('First Answering')
    await answerNewest(hand)
    expect(listed()).toEqual(['[Second]', 'First…', 'Third'])
    press(trigger('First'))

    expect(screen.getByText('Long and longer.')).toBeDefined()
  })

  it('shows the newest other conversation when the one that is shown is removed elsewhere', async () => {
    const changed = onThreadKeyChange()
    const { client } = await openThreadList(three, { threadKey: 'b', onThreadKeyChange: changed })

    await act(() => client.removeThread({ agentId: 'agent', threadKey: 'b' }))

    expect(listed()).toEqual(['[Third]', 'First'])
    expect(changed.mock.calls.map(([key, { reason }]) => [key, reason])).toEqual([['c', 'removed']])
  })

  it('stays with the empty conversation of a reset, whose old one is in the list', async () => {
    const changed = onThreadKeyChange()
    const { client } = await openThreadList([['current', 'First']], { onThreadKeyChange: changed })
    expect(listed()).toEqual(['[First]'])

    act(() => client.thread({ agentId: 'agent' }).reset())
    await settled()

    expect(listed()).toEqual(['First'])
    expect(changed).not.toHaveBeenCalled()
    expect(questions()).toEqual([])
  })

  it('works in StrictMode', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    void client.thread({ agentId: 'agent', threadKey: 'a' }).send('First')
    renderWith(
      client,
      <StrictMode>
        <ThreadListPage threadKey="a" />
      </StrictMode>,
    )
    await settled()

    press(button('Rename First'))
    fireEvent.change(screen.getByRole('textbox', { name: 'Title' }), { target: { value: 'One' } })
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Title' }), { key: 'Enter' })
    await settled()

    expect(listed()).toEqual(['[One…]'])
    expect(document.activeElement).toBe(trigger('One'))
  })
})
