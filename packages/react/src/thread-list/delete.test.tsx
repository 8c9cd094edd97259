import { act } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { partNamed, settled } from '../../test/chat.tsx'
import { delta } from '../../test/hand-driven.ts'
import {
  ask,
  button,
  input,
  listed,
  openThreadList,
  press,
  questions,
  three,
  trigger,
} from '../../test/thread-list-page.tsx'
import { type ThreadListRootProps } from '../index.ts'

const onDelete = () => vi.fn<NonNullable<ThreadListRootProps['onDelete']>>()

/** What is announced of something, with fake timers, which are real ones again after it. */
async function hear(happen: () => void): Promise<readonly string[]> {
  const region = partNamed('thread-list-announcer')
  const heard: string[] = []
  const observer = new MutationObserver(() => heard.push(region?.textContent ?? ''))
  observer.observe(region as Node, { childList: true, characterData: true, subtree: true })
  act(happen)
  await act(() => vi.advanceTimersByTimeAsync(3000))
  observer.disconnect()
  vi.useRealTimers()
  return heard.filter((text) => text !== '')
}

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

  it('takes the focus that the dialog of an app has left nowhere, and no other', async () => {
    const { client } = await openThreadList(three, { onDelete: (_, details) => details.cancel() })
    press(button('Delete Second'))
    act(() => button('Delete Second').blur())
    await act(() => client.removeThread({ agentId: 'agent', threadKey: 'b' }))
    expect(document.activeElement).toBe(trigger('First'))

    press(button('Delete First'))
    act(() => input().focus())
    await act(() => client.removeThread({ agentId: 'agent', threadKey: 'a' }))
    expect(document.activeElement).toBe(input())
    act(() => input().blur())
    await act(() => client.removeThread({ agentId: 'agent', threadKey: 'c' })) // which nobody asked for here

    expect(document.activeElement).toBe(document.body)
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
    expect(partNamed('thread-list-announcer')?.getAttribute('aria-live')).toBe('polite')

    const heard = await hear(() => press(button('Delete Second')))

    expect(heard).toEqual(['Deleted Second.'])
  })

  it('is announced of each where several go at once', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await openThreadList(three, { threadKey: 'c' })

    const heard = await hear(() => {
      press(button('Delete Second'))
      press(button('Delete First'))
    })

    expect(heard).toEqual(['Deleted Second.', 'Deleted First.'])
  })

  it('is not announced of a conversation that the app has kept and that is begun anew later', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { client } = await openThreadList([['current', 'First']], {
      onDelete: (_, details) => details.cancel(),
    })
    press(button('Delete First'))

    const heard = await hear(() => client.thread({ agentId: 'agent' }).reset())

    expect(listed()).toEqual(['First'])
    expect(heard).toEqual([])
  })

  it('is not announced of one that the app has kept, when another was asked of since', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { client } = await openThreadList(three, {
      onDelete: (_, details) => details.cancel(),
    })
    press(button('Delete First'))
    press(button('Delete Second'))

    const heard = await hear(() => void client.removeThread({ agentId: 'agent', threadKey: 'a' }))

    expect(listed()).toEqual(['Third', 'Second'])
    expect(heard).toEqual([])
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
