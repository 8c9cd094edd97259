import { act } from '@testing-library/react'
import { Suspense, use, type ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { turnsOf } from '../../test/turns.ts'
import { ChatThread, FluoProvider, Message } from '../index.ts'

describe('ChatThread.Messages below which a message waits for its code', () => {
  it('keeps what a server has rendered of it', async () => {
    let code: Promise<void> | null = null
    let arrive = (): void => undefined
    function Late(): ReactNode {
      if (code !== null) use(code)
      return <p>as the server has it</p>
    }
    const renderMessage = (): ReactNode => (
      <Suspense fallback="waiting">
        <Message.Root>
          <Message.Timestamp />
          <Late />
        </Message.Root>
      </Suspense>
    )
    const initialTurns = turnsOf(1)
    const page = (): ReactNode => (
      <FluoProvider client={clientOf(handDriven())}>
        <ChatThread.Root agentId="agent" initialTurns={initialTurns}>
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(page())
    document.body.append(container)
    const served = container.querySelector('p')
    code = new Promise((resolve) => (arrive = resolve))
    const recovered = vi.fn<(error: unknown) => void>()

    const root = await act(() =>
      Promise.resolve(hydrateRoot(container, page(), { onRecoverableError: recovered })),
    )

    expect(container.textContent).not.toContain('waiting')
    expect(container.querySelector('p')).toBe(served)
    await act(async () => arrive())
    expect(container.querySelector('p')).toBe(served)
    expect(recovered).not.toHaveBeenCalled()
    act(() => root.unmount())
    container.remove()
  })
})
