import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread } from '../index.ts'

async function failed() {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(client, <ChatThread.Default agentId="agent" />)
  act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
  await hand.newest().fail({ code: 'thread-gone' })
  return { ...hand, user: userEvent.setup(), retry: screen.getByRole('button', { name: 'Retry' }) }
}

describe('ChatThread.Retry', () => {
  it('asks again and goes away; a keyboard goes on in the input', async () => {
    const { user, retry, runs } = await failed()
    retry.focus()

    await user.keyboard('{Enter}')

    expect(runs).toHaveLength(2)
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }))
  })

  it('hands the focus of a pointer to the log, which opens no keyboard', async () => {
    const { user, retry } = await failed()

    await user.click(retry)

    expect(document.activeElement).toBe(screen.getByRole('log'))
  })
})
