import { memoryStorage } from '@fluokit/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { StrictMode, useState, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, partNamed, renderWith, settled, takeComplaints } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import {
  answerNewest,
  button,
  listed,
  openThreadList,
  press,
  questions,
  renderThread,
  ThreadListPage,
  trigger,
} from '../../test/thread-list-page.tsx'
import { ChatThread, ThreadList, type ThreadListRootProps } from '../index.ts'

const three = [
  ['a', 'First'],
  ['b', 'Second'],
  ['c', 'Third'],
] as const

const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
function ask(question: string): void {
  fireEvent.change(input(), { target: { value: question } })
  fireEvent.keyDown(input(), { key: 'Enter' })
}
function Later({ children }: { readonly children: ReactNode }): ReactNode {
  const [isNow, setNow] = useState(false)
  return isNow ? children : <button onClick={() => setNow(true)}>Later</button>
}
const onDelete = () => vi.fn<NonNullable<ThreadListRootProps['onDelete']>>()
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

describe('ThreadList.Items', () => {
  it('keeps what throws to itself, and shows its title', async () => {
    await openThreadList(three, {
      item: ({ title }) => {
        if (title === 'Second') throw new Error('This cannot be rendered.')
        return (
          <ThreadList.Item>
            <ThreadList.Trigger />
          </ThreadList.Item>
        )
      },
    })

    expect(takeComplaints()).toContain('This cannot be rendered.')
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Third',
      'Second',
      'First',
    ])
  })

  it('renders one again only when it changes, and none with a delta', async () => {
    const rendered: string[] = []
    const item: NonNullable<Parameters<typeof ThreadListPage>[0]['item']> = ({ threadKey }) => {
      rendered.push(threadKey)
      return (
        <ThreadList.Item className={() => void rendered.push(`item ${threadKey}`)}>
          <ThreadList.Trigger />
        </ThreadList.Item>
      )
    }
    const many = Array.from({ length: 300 }, (_, at) => [`k${at}`, `Question ${at}`] as const)
    const hand = await openThreadList(many, { item, threadKey: 'k3' })
    rendered.length = 0

    ask('More?')
    expect(new Set(rendered)).toEqual(new Set(['k3', 'item k3']))
    rendered.length = 0
    for (let count = 0; count < 20; count += 1) await hand.newest().emit(delta('word '))
    expect(rendered).toEqual([])
    await answerNewest(hand)
    expect(new Set(rendered)).toEqual(new Set(['k3', 'item k3']))
    rendered.length = 0
    act(() => trigger('Question 7').focus())
    press(trigger('Question 7'))

    expect(new Set(rendered)).toEqual(new Set(['item k3', 'item k7']))
  })
})

describe('ThreadList.Trigger', () => {
  it('shows its conversation, and says which is shown', async () => {
    const changed = onThreadKeyChange()
    await openThreadList(three, { threadKey: 'a', onThreadKeyChange: changed })
    const current = (): readonly (string | null)[] =>
      [...document.querySelectorAll('[aria-current=true]')].map(({ textContent }) => textContent)
    expect(current()).toEqual(['First'])

    press(trigger('Third'))

    expect(current()).toEqual(['Third'])
    expect(questions()).toEqual(['Third'])
    expect(document.activeElement).toBe(trigger('Third'))
    expect(changed.mock.calls[0]?.[0]).toBe('c')
    expect(changed.mock.calls[0]?.[1]).toMatchObject({ reason: 'trigger-press' })
    press(trigger('Third'))
    expect(changed).toHaveBeenCalledTimes(1)
  })

  it('leaves the conversation that is shown where the app cancels', async () => {
    await openThreadList(three, { threadKey: 'a', onThreadKeyChange: (_, { cancel }) => cancel() })

    press(trigger('Third'))

    expect(listed()).toEqual(['Third', 'Second', '[First]'])
  })

  it('is one tab stop for all of them, with the buttons beside it, and moves the focus by arrow keys', async () => {
    await openThreadList(three, { threadKey: 'b' })
    const stops = (): readonly (string | null)[] =>
      [...document.querySelectorAll<HTMLElement>('nav button')]
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((stop) => stop.getAttribute('aria-label') ?? stop.textContent)
    expect(stops()).toEqual(['New conversation', 'Second', 'Rename Second', 'Delete Second'])
    act(() => trigger('Second').focus())

    const moves = ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp', 'End'].map((key) => {
      const isOurs = !fireEvent.keyDown(document.activeElement as Element, { key })
      return [key, document.activeElement?.textContent, isOurs]
    })

    expect(moves).toEqual([
      ['ArrowDown', 'First', true],
      ['ArrowDown', 'First', true],
      ['ArrowUp', 'Second', true],
      ['Home', 'Third', true],
      ['ArrowUp', 'Third', true],
      ['End', 'First', true],
    ])
    expect(stops()).toEqual(['New conversation', 'First', 'Rename First', 'Delete First'])
    expect(fireEvent.keyDown(document.activeElement as Element, { key: 'a' })).toBe(true)
    expect(
      fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowUp', altKey: true }),
    ).toBe(true)
    expect(listed()).toEqual(['Third', '[Second]', 'First'])
  })
})

describe('ThreadList.Title', () => {
  it('says in a word that there is none', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    void client
      .thread({ agentId: 'agent', threadKey: 'a' })
      .send({ query: '', images: ['https://x.example/a.png'] })
    renderWith(client, <ThreadListPage threadKey="a" />)
    await settled()

    expect(partNamed('thread-list-title')?.textContent).toBe('Untitled')
    expect(partNamed('thread-list-title')?.dataset['untitled']).toBe('')
    expect(button('Delete Untitled')).toBeDefined()
  })
})

describe('ThreadList.New', () => {
  it('shows an empty conversation, which is in the list from its first question on', async () => {
    const changed = onThreadKeyChange()
    await openThreadList([['current', 'First']], { onThreadKeyChange: changed })
    expect(button('New conversation').dataset['active']).toBeUndefined()

    press(button('New conversation'))
    await settled()
    expect(listed()).toEqual(['First'])
    expect(questions()).toEqual([])
    expect(button('New conversation').dataset['active']).toBe('')
    expect(button('New conversation').getAttribute('aria-current')).toBe('true')
    expect(changed.mock.calls.map(([, { reason }]) => reason)).toEqual(['new-press'])
    ask('Second')

    expect(listed()).toEqual(['[Second…]', 'First'])
    expect(button('New conversation').dataset['active']).toBeUndefined()
  })

  it('never makes a second empty one: it shows the one there is, with what was written there', async () => {
    const changed = onThreadKeyChange()
    await openThreadList([['current', 'First']], { onThreadKeyChange: changed })
    press(button('New conversation'))
    fireEvent.change(input(), { target: { value: 'half a thought' } })
    press(button('New conversation'))
    expect(changed).toHaveBeenCalledTimes(1)
    press(trigger('First'))
    expect(input().value).toBe('')

    press(button('New conversation'))

    expect(input().value).toBe('half a thought')
    const keys = changed.mock.calls.map(([key]) => key)
    expect(keys).toEqual([keys[0], 'current', keys[0]])
  })

  it('takes the agent’s current conversation while nothing was asked in it', async () => {
    const changed = onThreadKeyChange()
    await openThreadList(three, { threadKey: 'a', onThreadKeyChange: changed })

    press(button('New conversation'))

    expect(changed.mock.calls.map(([key]) => key)).toEqual(['current'])
  })

  it('stores nothing', async () => {
    const storage = memoryStorage()
    await openThreadList([['current', 'First']], {}, storage)
    const before = await storage.keys('')
    const write = vi.spyOn(storage, 'write')

    press(button('New conversation'))
    await settled()

    expect(write).not.toHaveBeenCalled()
    expect(await storage.keys('')).toEqual(before)
  })
})

describe('ThreadList.Empty', () => {
  it('waits until what is stored has been read, and goes with the first question', async () => {
    const storage = memoryStorage()
    let answer: (keys: readonly string[]) => void = () => undefined
    const reading = new Promise<readonly string[]>((resolve) => (answer = resolve))
    const client = clientOf({
      ...handDriven(),
      storage: { ...storage, keys: () => reading },
    })
    renderWith(client, <ThreadListPage />)
    await settled()
    expect(partNamed('thread-list-empty')).toBeNull()
    expect(button('New conversation').dataset['active']).toBeUndefined()

    answer([])
    await settled()
    expect(partNamed('thread-list-empty')?.textContent).toBe('No conversations yet.')
    expect(button('New conversation').dataset['active']).toBe('')
    ask('First')

    expect(partNamed('thread-list-empty')).toBeNull()
  })
})

describe('ThreadList.Delete', () => {
  it('forgets the conversation, once the app has been asked', async () => {
    const deleted = onDelete()
    const { client } = await openThreadList(three, { threadKey: 'a', onDelete: deleted })

    press(button('Delete Second'))
    await settled()

    expect(listed()).toEqual(['Third', '[First]'])
    expect(client.thread({ agentId: 'agent', threadKey: 'b' }).store.getState().turns).toEqual([])
    expect(deleted.mock.calls[0]?.[0]).toMatchObject({ threadKey: 'b', title: 'Second' })
    expect(deleted.mock.calls[0]?.[1]).toMatchObject({ reason: 'delete-press' })
  })

  it('keeps it where the app cancels, which may remove it later', async () => {
    const { client } = await openThreadList(three, {
      threadKey: 'b',
      onDelete: (_, details) => details.cancel(),
    })
    press(button('Delete Second'))
    await settled()
    expect(listed()).toEqual(['Third', '[Second]', 'First'])

    await act(() => client.removeThread({ agentId: 'agent', threadKey: 'b' }))

    expect(listed()).toEqual(['[Third]', 'First'])
    expect(document.activeElement).toBe(trigger('First'))
  })

  it('shows the newest other one in its place, or an empty one where it was the last', async () => {
    await openThreadList(three, { threadKey: 'c' })

    press(button('Delete Third'))
    await settled()
    expect(listed()).toEqual(['[Second]', 'First'])
    press(button('Delete Second'))
    await settled()
    press(button('Delete First'))
    await settled()

    expect(listed()).toEqual([])
    expect(button('New conversation').dataset['active']).toBe('')
    expect(questions()).toEqual([])
    expect(partNamed('thread-list-empty')).not.toBeNull()
  })

  it('hands the focus to the next conversation, then to the one before, then to New (A11y 16)', async () => {
    await openThreadList(three, { threadKey: 'c' })

    press(button('Delete Second'))
    await settled()
    expect(document.activeElement).toBe(trigger('First'))
    press(button('Delete First'))
    await settled()
    expect(document.activeElement).toBe(trigger('Third'))
    press(button('Delete Third'))
    await settled()

    expect(document.activeElement).toBe(button('New conversation'))
  })

  it('is announced, politely and once', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await openThreadList(three, { threadKey: 'c' })
    const region = partNamed('thread-list-announcer')
    expect(region?.getAttribute('aria-live')).toBe('polite')
    const heard: string[] = []
    const observer = new MutationObserver(() => heard.push(region?.textContent ?? ''))
    observer.observe(region as Node, { childList: true, characterData: true, subtree: true })

    press(button('Delete Second'))
    await act(() => vi.advanceTimersByTimeAsync(1000))
    observer.disconnect()
    vi.useRealTimers()

    expect(heard.filter((text) => text !== '')).toEqual(['Deleted Second.'])
  })

  it('stops the run that is open', async () => {
    const hand = await openThreadList(three, { threadKey: 'a' })
    ask('How long?')
    await hand.newest().emit(delta('Long'))

    press(button('Delete First'))
    await settled()

    expect(hand.newest().signal.aborted).toBe(true)
    expect(listed()).toEqual(['[Third]', 'Second'])
  })
})

describe('a handler of the user', () => {
  it('may keep every button of the list from acting', async () => {
    const stop = { onClick: (event: { preventDefault(): void }) => event.preventDefault() }
    await openThreadList(three, {
      threadKey: 'a',
      item: () => (
        <ThreadList.Item>
          <ThreadList.Trigger {...stop} />
          <ThreadList.Rename {...stop} />
          <ThreadList.RenameInput />
          <ThreadList.Delete {...stop} />
        </ThreadList.Item>
      ),
    })

    for (const name of ['Second', 'Rename Second', 'Delete Second']) press(button(name))
    await settled()

    expect(listed()).toEqual(['Third', 'Second', '[First]'])
    expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull()
  })
})
