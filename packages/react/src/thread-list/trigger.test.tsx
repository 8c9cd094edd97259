import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, partNamed, renderWith, settled, takeComplaints } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import {
  answerNewest,
  ask,
  button,
  listed,
  openThreadList,
  press,
  questions,
  three,
  ThreadListPage,
  trigger,
} from '../../test/thread-list-page.tsx'
import { ThreadList, type ThreadListRootProps } from '../index.ts'

const onThreadKeyChange = () => vi.fn<NonNullable<ThreadListRootProps['onThreadKeyChange']>>()

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
