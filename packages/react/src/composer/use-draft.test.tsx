import { memoryStorage } from '@fluokit/core'
import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState, type ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, FluoProvider } from '../index.ts'

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

  it('puts a text that was not taken back into the thread it was written to (F73)', async () => {
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

  it('finds the draft again after it was unmounted, and after a reload', async () => {
    const user = userEvent.setup()
    const storage = memoryStorage()
    const first = clientOf({ ...handDriven(), storage })
    const page = renderWith(first, <TwoThreads />)
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'half a thought')
    page.unmount()

    const back = renderWith(first, <TwoThreads />)
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'half a thought')
    back.unmount()
    renderWith(clientOf({ ...handDriven(), storage }), <TwoThreads />)

    expect(screen.getByRole('textbox')).toHaveProperty('value', 'half a thought')
  })

  it('shows a stored draft only once the page is alive, as a server renders none', async () => {
    const storage = memoryStorage()
    const thread = clientOf({ ...handDriven(), storage }).thread({
      agentId: 'agent',
      threadKey: 'one',
    })
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'written before' })
    const client = clientOf({ ...handDriven(), storage })
    const element = (
      <FluoProvider client={client}>
        <TwoThreads />
      </FluoProvider>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(element)
    document.body.append(container)
    expect(container.querySelector('textarea')?.value).toBe('')

    await act(async () => hydrateRoot(container, element))

    expect(container.querySelector('textarea')?.value).toBe('written before')
    container.remove()
  })
})
