import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer } from '../index.ts'

function TwoThreads(): ReactNode {
  const [threadKey, setThreadKey] = useState('one')
  return (
    <>
      <button onClick={() => setThreadKey(threadKey === 'one' ? 'two' : 'one')}>Switch</button>
      <ChatThread.Root agentId="agent" threadKey={threadKey}>
        <Composer.Root>
          <Composer.Input />
        </Composer.Root>
      </ChatThread.Root>
    </>
  )
}

describe('Composer', () => {
  it('keeps a draft for each thread, and takes none into another conversation', async () => {
    const user = userEvent.setup()
    renderWith(clientOf(handDriven()), <TwoThreads />)
    const input = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
    await user.type(input, 'a')

    await user.click(screen.getByRole('button', { name: 'Switch' }))
    expect(input.value).toBe('')
    await user.type(input, 'a')
    expect(input.value).toBe('a')
    await user.type(input, 'b')

    await user.click(screen.getByRole('button', { name: 'Switch' }))
    expect(input.value).toBe('a')
  })

  it('puts a text that was not taken back into the thread it was written to', async () => {
    const user = userEvent.setup()
    const client = clientOf(handDriven())
    renderWith(client, <TwoThreads />)
    const input = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
    await user.type(input, 'for one')
    client.dispose()

    act(() => {
      input.form?.requestSubmit()
      screen.getByRole('button', { name: 'Switch' }).click()
    })
    await user.click(screen.getByRole('button', { name: 'Switch' }))

    expect(input.value).toBe('for one')
  })
})
