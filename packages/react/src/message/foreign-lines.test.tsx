import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread } from '../index.ts'

describe('Message.Text on a page that something else writes into', () => {
  it('finds its lines again among elements that are none', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(client, <ChatThread.Default agentId="agent" />)
    void client.thread({ agentId: 'agent' }).send('Hi')
    await hand.newest().emit(delta('one\ntwo'))
    const line = [...document.querySelectorAll('[data-part="message-text"] div div')].find(
      ({ textContent }) => textContent === 'one\n',
    )
    const foreign = document.createElement('span')
    foreign.textContent = '[eins]'
    line?.after(foreign)

    await hand.newest().emit(delta(' more\nthree'))

    expect(line?.parentElement?.textContent).toBe('one\n[eins]two more\nthree')
  })
})
