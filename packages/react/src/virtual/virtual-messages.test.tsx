import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, messageOf } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { turnsOf } from '../../test/turns.ts'
import { ChatThread, Composer, FluoProvider, Message } from '../index.ts'
import { ChatThreadVirtualMessages } from './index.ts'

const turns = turnsOf(500)

function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Parts>{() => <Message.Text />}</Message.Parts>
    </Message.Root>
  )
}

function pageOf(hand: ReturnType<typeof handDriven>): ReactNode {
  return (
    <StrictMode>
      <FluoProvider client={clientOf(hand)}>
        <ChatThread.Root agentId="agent" initialTurns={turns}>
          <ChatThread.Viewport>
            <ChatThreadVirtualMessages>{renderMessage}</ChatThreadVirtualMessages>
          </ChatThread.Viewport>
          <Composer.Root>
            <Composer.Input />
          </Composer.Root>
        </ChatThread.Root>
      </FluoProvider>
    </StrictMode>
  )
}

const articles = (): readonly HTMLElement[] => screen.queryAllByRole('article')

describe('ChatThreadVirtualMessages on a server', () => {
  it('renders the newest twenty turns, hydrates them, and goes on (F52)', async () => {
    const html = renderToString(pageOf(handDriven()))
    const container = document.createElement('div')
    document.body.append(container)
    container.innerHTML = html
    const sent = articles()
    expect(sent).toHaveLength(40)
    expect(sent[0]?.textContent).toBe('question 480')
    expect(sent.at(-1)?.textContent).toBe('answer 499')
    expect(sent.at(-1)?.getAttribute('aria-posinset')).toBe('1000')

    const hand = handDriven()
    const recovered = vi.fn<(error: unknown) => void>()
    render(pageOf(hand), { container, hydrate: true, onRecoverableError: recovered })
    expect(recovered).not.toHaveBeenCalled()
    expect(articles()).toEqual(sent)
    await userEvent.setup().type(screen.getByRole('textbox'), 'Hi{Enter}')
    await hand.newest().emit(delta('Hello'))

    expect(articles().at(-1)?.textContent).toBe('Hello')
    expect(articles().at(-1)?.getAttribute('aria-setsize')).toBe('1002')
  })
})

describe('ChatThreadVirtualMessages', () => {
  it('says what it needs above it', () => {
    const page = (
      <FluoProvider client={clientOf(handDriven())}>
        <ChatThread.Root agentId="agent">
          <ChatThreadVirtualMessages>{renderMessage}</ChatThreadVirtualMessages>
        </ChatThread.Root>
      </FluoProvider>
    )

    expect(messageOf(page)).toContain('ChatThreadVirtualMessages needs <ChatThread.Viewport>')
  })
})
