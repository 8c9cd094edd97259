import type { FluoClient } from '@fluokit/core'
import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import {
  button,
  input,
  listed,
  press,
  renderThread,
  ThreadListPage,
  type ThreadListPageProps,
} from '../../test/thread-list-page.tsx'
import { FluoProvider, ThreadList, type ThreadListRootProps } from '../index.ts'

const onThreadKeyChange = () => vi.fn<NonNullable<ThreadListRootProps['onThreadKeyChange']>>()

/** A page whose client can be another one later. */
async function openFor(client: FluoClient, props: ThreadListPageProps) {
  const page = (shown: FluoClient) => (
    <FluoProvider client={shown}>
      <ThreadListPage {...props} />
    </FluoProvider>
  )
  const { rerender } = render(page(client))
  await settled()
  return async (other: FluoClient) => {
    rerender(page(other))
    await settled()
  }
}

describe('ThreadList.Root for another user', () => {
  it('stays with the conversation that is shown, where the draft of the visitor comes', async () => {
    const changed = onThreadKeyChange()
    const visitor = clientOf(handDriven())
    const user = clientOf({ ...handDriven(), userScope: 'ann' })
    void visitor.thread({ agentId: 'agent' }).send('First')
    const showFor = await openFor(visitor, { onThreadKeyChange: changed })
    expect(listed()).toEqual(['[First…]'])
    fireEvent.change(input(), { target: { value: 'half a thought' } })

    await user.claim(visitor)
    await showFor(user)

    expect(changed).not.toHaveBeenCalled()
    expect(listed()).toEqual([])
    expect(input().value).toBe('half a thought')
    expect(button('New conversation').dataset['active']).toBe('')
  })

  it('renames none of that user’s that has the key of one that was being renamed', async () => {
    const visitor = clientOf(handDriven())
    const user = clientOf({ ...handDriven(), userScope: 'ann' })
    void visitor.thread({ agentId: 'agent' }).send('First')
    void user.thread({ agentId: 'agent' }).send('Another one')
    const showFor = await openFor(visitor, {})
    press(button('Rename First'))

    await showFor(user)

    expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull()
    expect(listed()).toEqual(['[Another one…]'])
  })
})

describe('ThreadList.Root for another agent', () => {
  it('stays with the key that the app gives', async () => {
    const changed = onThreadKeyChange()
    const client = clientOf(handDriven())
    void client.thread({ agentId: 'one', threadKey: 'a' }).send('First')
    const list = (agentId: string) => (
      <ThreadList.Root agentId={agentId} threadKey="a" onThreadKeyChange={changed}>
        <ThreadList.Items>{renderThread}</ThreadList.Items>
      </ThreadList.Root>
    )
    const { rerender } = renderWith(client, list('one'))
    await settled()
    expect(listed()).toEqual(['[First…]'])

    rerender(list('two'))
    await settled()

    expect(listed()).toEqual([])
    expect(changed).not.toHaveBeenCalled()
  })
})
