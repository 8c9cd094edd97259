import { memoryStorage, type FluoClient } from '@fluokit/core'
import { render } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, partNamed, settled } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { answerNewest, button, listed, ThreadListPage } from '../../test/thread-list-page.tsx'
import { FluoProvider } from '../index.ts'

const page = (client: FluoClient): ReactNode => (
  <StrictMode>
    <FluoProvider client={client}>
      <ThreadListPage />
    </FluoProvider>
  </StrictMode>
)
const turn = { id: 'turn', input: { query: 'Earlier' }, sentAt: 1, runs: [] }

describe('ThreadList on a server', () => {
  it.each([
    ['what is stored', undefined],
    ['an open conversation', [turn]],
  ])('reads nothing, and hydrates before it shows %s', async (_, initialTurns) => {
    const storage = memoryStorage()
    const hand = handDriven()
    const before = clientOf({ ...hand, storage })
    void before.thread({ agentId: 'agent', threadKey: 'a' }).send('First')
    await answerNewest(hand)
    const serverStorage = memoryStorage()
    const keys = vi.spyOn(serverStorage, 'keys')
    const html = renderToString(page(clientOf({ ...handDriven(), storage: serverStorage })))
    expect(keys).not.toHaveBeenCalled()

    const container = document.body.appendChild(document.createElement('div'))
    container.innerHTML = html
    const nav = partNamed('thread-list-root')
    expect(nav?.getAttribute('aria-label')).toBe('Conversations')
    expect(button('New conversation').dataset['active']).toBeUndefined()
    expect(partNamed('thread-list-empty')).toBeNull()

    const client = clientOf({ ...handDriven(), storage })
    if (initialTurns !== undefined) {
      client.thread({ agentId: 'agent', threadKey: 'b', initialTurns })
    }
    const recovered = vi.fn<(error: unknown) => void>()
    render(page(client), { container, hydrate: true, onRecoverableError: recovered })
    await settled()

    expect(recovered).not.toHaveBeenCalled()
    expect(partNamed('thread-list-root')).toBe(nav)
    expect(listed()).toEqual(initialTurns === undefined ? ['First'] : ['First', 'Earlier'])
  })
})
