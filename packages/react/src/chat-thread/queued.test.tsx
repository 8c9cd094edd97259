import { memoryStorage } from '@fluokit/core'
import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import {
  clientOf,
  errorShown,
  partNamed,
  renderWith,
  settled,
  takeComplaints,
} from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread } from '../index.ts'

function setUp(storage = memoryStorage()) {
  const hand = handDriven()
  const client = clientOf({ transport: hand.transport, storage })
  renderWith(client, <ChatThread.Default agentId="agent" whenBusy="queue" />)
  const asked = (): readonly string[] => hand.runs.map(({ request }) => request.input.query)
  return { ...hand, client, asked, user: userEvent.setup() }
}

const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
const queued = (): readonly (string | null | undefined)[] =>
  [...document.querySelectorAll('[data-part=queued-turn]')].map(
    (turn) => turn.querySelector('span')?.textContent,
  )

describe('ChatThread.Queued', () => {
  it('shows what was sent while an answer arrives, until it is asked (F74)', async () => {
    const { user, newest, asked } = setUp()
    await user.type(input(), 'One{Enter}Two')
    await newest().emit(delta('Y'))
    expect(screen.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe('false')

    await user.keyboard('{Enter}')
    await user.type(input(), 'Three')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    const shown = queued()
    const first = asked()
    await newest().emit(final('Yes'))
    await newest().end()

    expect([first, shown]).toEqual([['One'], ['Two', 'Three']])
    expect(asked()).toEqual(['One', 'Two'])
    expect(queued()).toEqual(['Three'])
    expect(input().value).toBe('')
  })

  it('shows the text of a turn whose rendering throws, and takes nothing else down', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(
      client,
      <ChatThread.Root agentId="agent" whenBusy="queue">
        <ChatThread.Queued>
          {() => {
            throw new Error('a queued turn threw')
          }}
        </ChatThread.Queued>
        <ChatThread.Status />
      </ChatThread.Root>,
    )
    const thread = client.thread({ agentId: 'agent' })
    act(() => void thread.send('One'))
    act(() => void thread.send('Two'))

    expect(screen.getByText('Two')).toBeDefined()
    expect(screen.getByText('Connecting…')).toBeDefined()
    expect(takeComplaints()).toContain('a queued turn threw')
  })

  it('gives the text back when a turn is taken out, under nothing that was written since, with no complaint', async () => {
    const { user, asked } = setUp()
    await user.type(input(), 'One{Enter}Two{Enter}Three{Enter}and on')

    const [first] = screen.getAllByRole('button', { name: 'Take back' })
    first?.focus()
    await user.keyboard('{Enter}')

    expect(queued()).toEqual(['Three'])
    expect(input().value).toBe('Two\nand on')
    expect(document.activeElement).toBe(input())
    expect(partNamed('composer-error')?.textContent ?? '').toBe('')
    expect(asked()).toEqual(['One'])
  })

  it('hands the focus of a pointer to the log', async () => {
    const { user } = setUp()
    await user.type(input(), 'One{Enter}Two{Enter}')

    await user.click(screen.getByRole('button', { name: 'Take back' }))

    expect(document.activeElement).toBe(screen.getByRole('log'))
  })

  it('loses no text to a reset: the composer has it again, in order', async () => {
    const { user, client } = setUp()
    await user.type(input(), 'One{Enter}Two{Enter}Three{Enter}')

    await act(async () => client.thread({ agentId: 'agent' }).reset())

    expect(queued()).toEqual([])
    expect(input().value).toBe('Two\nThree')
  })

  it('brings no text back of a conversation that is deleted', async () => {
    const storage = memoryStorage()
    const { user, client } = setUp(storage)
    await user.type(input(), 'One{Enter}Secret{Enter}')

    await act(async () => client.removeThread({ agentId: 'agent', threadKey: 'current' }))

    expect(queued()).toEqual([])
    expect(input().value).toBe('')
    expect(client.thread({ agentId: 'agent' }).draft.getState()).toBeNull()
    expect(await storage.keys('')).toEqual([])
  })

  it('stays while the answer before it has failed, and goes on with Retry', async () => {
    const { user, newest, asked } = setUp()
    await user.type(input(), 'One{Enter}Two{Enter}')
    await newest().fail({ code: 'upstream' })
    const left = [queued(), errorShown() !== null]

    await user.click(screen.getByRole('button', { name: 'Retry' }))
    await newest().emit(final('Yes'))
    await newest().end()
    await settled()

    expect(left).toEqual([['Two'], true])
    expect(asked()).toEqual(['One', 'One', 'Two'])
  })

  it('is full with ten: Send is off and says why, and the text stays', async () => {
    const { user, asked } = setUp()
    for (let index = 0; index <= 10; index += 1) await user.type(input(), `${index}{Enter}`)

    await user.type(input(), 'one too many{Enter}')

    expect(queued()).toHaveLength(10)
    expect(screen.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe('true')
    expect(input().value).toBe('one too many')
    expect(partNamed('composer-error')?.textContent).toContain('Your text stays here.')
    expect(asked()).toEqual(['0'])
  })
})
