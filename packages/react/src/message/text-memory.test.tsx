import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread } from '../index.ts'

const agent = { agentId: 'agent' }

/** Collects what nothing holds any more; what was just looked at is held for the rest of its task. */
async function collect(): Promise<void> {
  const { gc } = globalThis as { readonly gc?: () => void }
  if (gc === undefined) throw new Error('Node runs without --expose-gc.')
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setTimeout(resolve))
    gc()
  }
}

describe('Message.Text', () => {
  it('holds on to no list of lines but the newest ones, however often the text has grown', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const thread = client.thread(agent)
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void thread.send('Hi'))
    const lists = new Map<number, WeakRef<object>>()
    const unsubscribe = thread.store.subscribe(({ turns }) => {
      const part = turns.at(-1)?.runs[0]?.messages[0]?.parts[0]
      if (part?.type === 'text') lists.set(part.chunks.length, new WeakRef(part.chunks))
    })

    for (let count = 0; count < 100; count += 1) await newest().emit(delta('line\n'.repeat(7)))
    unsubscribe()
    await act(collect)

    expect(screen.getByRole('log').textContent).toContain('line\n'.repeat(700))
    expect(lists.size).toBe(100)
    // The one that is shown, and those that React keeps for its next render.
    const held = [...lists.values()].filter((list) => list.deref() !== undefined)
    expect(held.length).toBeLessThan(8)
  })
})
