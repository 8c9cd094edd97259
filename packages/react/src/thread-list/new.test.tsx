import { memoryStorage } from '@fluokit/core'
import { act, fireEvent } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, partNamed, renderWith, settled } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import {
  ask,
  button,
  input,
  listed,
  openThreadList,
  press,
  questions,
  three,
  ThreadListPage,
  trigger,
} from '../../test/thread-list-page.tsx'
import { type ThreadListRootProps } from '../index.ts'

const onThreadKeyChange = () => vi.fn<NonNullable<ThreadListRootProps['onThreadKeyChange']>>()

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

  it('finds it again when another one was deleted', async () => {
    await openThreadList([
      ['current', 'First'],
      ['thread-1', 'Second'],
    ])
    press(button('New conversation'))
    fireEvent.change(input(), { target: { value: 'half a thought' } })
    press(button('Delete First'))
    await settled()
    press(trigger('Second'))
    expect(input().value).toBe('')

    press(button('New conversation'))

    expect(input().value).toBe('half a thought')
  })

  it('finds the one that a reset has left, and then the one before it', async () => {
    const { client } = await openThreadList(three, { threadKey: 'a' })
    press(button('New conversation'))
    fireEvent.change(input(), { target: { value: 'half a thought' } })
    press(trigger('First'))
    act(() => client.thread({ agentId: 'agent', threadKey: 'a' }).reset())
    await settled()
    fireEvent.change(input(), { target: { value: 'another one' } })
    press(trigger('Second'))

    press(button('New conversation'))
    expect(input().value).toBe('another one')
    fireEvent.keyDown(input(), { key: 'Enter' })
    press(button('New conversation'))

    expect(input().value).toBe('half a thought')
  })

  it('never makes a second one while it is not known what is stored either', async () => {
    const changed = onThreadKeyChange()
    let answer: (keys: readonly string[]) => void = () => undefined
    const reading = new Promise<readonly string[]>((resolve) => (answer = resolve))
    const storage = { ...memoryStorage(), keys: () => reading }
    const client = clientOf({ ...handDriven(), storage })
    renderWith(client, <ThreadListPage onThreadKeyChange={changed} />)
    await settled()
    press(button('New conversation'))
    press(button('New conversation'))
    fireEvent.change(input(), { target: { value: 'half a thought' } })
    answer([])
    await settled()
    act(() => void client.thread({ agentId: 'agent', threadKey: 'a' }).send('First'))
    press(trigger('First'))
    press(button('New conversation'))

    expect(input().value).toBe('half a thought')
    const keys = changed.mock.calls.map(([key]) => key)
    expect(keys).toEqual([keys[0], 'a', keys[0]])
    expect(keys).not.toContain('current') // which may have been taken
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
