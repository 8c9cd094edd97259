import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, messageOf } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
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

function pageOf(hand: ReturnType<typeof handDriven>, client = clientOf(hand)): ReactNode {
  return (
    <StrictMode>
      <FluoProvider client={client}>
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
  it('renders the newest ten turns, hydrates them, and goes on (F52)', async () => {
    const html = renderToString(pageOf(handDriven()))
    const container = document.createElement('div')
    document.body.append(container)
    container.innerHTML = html
    const sent = articles()
    expect(sent).toHaveLength(20)
    expect(sent[0]?.textContent).toBe('question 490')
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
  it('counts every message that is shown, however its run went', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    render(pageOf(hand, client))
    const thread = client.thread({ agentId: 'agent' })
    const placesAtEnd = (): readonly (string | null)[] =>
      articles()
        .slice(-4)
        .map((article) => article.getAttribute('aria-posinset'))
    const total = (): string | null | undefined => articles()[0]?.getAttribute('aria-setsize')

    act(() => void thread.send('Hi'))
    expect(placesAtEnd()).toEqual(['999', '1000', '1001', '1002'])
    await hand.newest().fail({ code: 'network' })
    expect(total()).toBe('1002')
    act(() => void thread.retry())
    expect(total()).toBe('1002')
    await hand.newest().emit(delta('One'), final('One'), delta('Two'))

    expect(placesAtEnd()).toEqual(['1000', '1001', '1002', '1003'])
    expect(total()).toBe('1003')
    expect(articles().at(-1)?.textContent).toBe('Two')
  })

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
