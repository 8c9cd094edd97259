import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clientOf, errorShown, partNamed, renderWith } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread } from '../index.ts'

afterEach(() => void vi.useRealTimers())

/** The page of a thread that has just been limited. */
async function limited() {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const hand = handDriven()
  const client = clientOf({ ...hand, random: () => 0 })
  renderWith(client, <ChatThread.Default agentId="agent" />)
  act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
  await hand.newest().fail({ code: 'rate-limited', status: 429, retryAt: Date.now() + 60_000 })
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
  return { ...hand, user, cancel: screen.getByRole('button', { name: 'Do not try again' }) }
}

const pass = (milliseconds: number): Promise<void> =>
  act(async () => void vi.advanceTimersByTime(milliseconds))

describe('ChatThread.Cancel', () => {
  it('stands beside a countdown until the turn is asked again by itself (F18)', async () => {
    const { runs, newest } = await limited()
    expect(errorShown()?.textContent).toMatch(
      /Too many messages at the moment\. Try again in \d+ s\./,
    )

    await pass(60_000)

    expect(runs).toHaveLength(2)
    expect(screen.queryByRole('button', { name: 'Do not try again' })).toBeNull()
    expect(errorShown()).toBeNull()
    await newest().emit(final('Hello'))
    await newest().end()
    expect(screen.getAllByRole('article')).toHaveLength(2)
    expect(screen.getByText('Hello')).toBeDefined()
  })

  it('ends the wait: nothing is asked, the error and Retry stay, and a keyboard goes on in the input (F18)', async () => {
    const { user, cancel, runs } = await limited()
    cancel.focus()

    await user.keyboard('{Enter}')
    await pass(3_600_000)

    expect(runs).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Do not try again' })).toBeNull()
    expect(errorShown()?.textContent).toBe('Too many messages at the moment.')
    expect(screen.getByRole('button', { name: 'Retry' })).toBeDefined()
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }))
  })

  it('hands the focus of a pointer to the log', async () => {
    const { user, cancel } = await limited()

    await user.click(cancel)

    expect(document.activeElement).toBe(screen.getByRole('log'))
  })

  it('may be kept from it by a handler of the user', async () => {
    const hand = handDriven()
    const client = clientOf({ ...hand, random: () => 0 })
    renderWith(
      client,
      <ChatThread.Root agentId="agent">
        <ChatThread.Cancel onClick={(event) => event.preventDefault()} />
      </ChatThread.Root>,
    )
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    await hand.newest().fail({ code: 'rate-limited', retryAt: Date.now() + 60_000 })

    act(() => screen.getByRole('button').click())

    expect(client.thread({ agentId: 'agent' }).store.getState().activity).toBe('waiting')
    client.dispose()
  })
})

describe('ChatThread.Status', () => {
  it('says that an answer is slow, until the next byte, and what became of one that never came (F06)', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(client, <ChatThread.Default agentId="agent" />)
    const status = (): string | null | undefined => partNamed('chat-thread-status')?.textContent
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    await pass(16_000)
    const slow = status()
    await hand.newest().emit(delta('Hel'))
    const heard = status()
    await pass(16_000)
    const again = status()
    await pass(300_000)

    expect([slow, heard, again, status()]).toEqual([
      'Still waiting for the answer…',
      'Answering…',
      'Still waiting for the answer…',
      '',
    ])
    expect(errorShown()?.textContent).toBe('The answer stopped arriving.')
    expect(screen.getByText('Hel')).toBeDefined()
    expect(hand.runs).toHaveLength(1)
  })

  it('says that the connection is lost for as long as the answer is looked for', async () => {
    const hand = handDriven({ canResume: true })
    const client = clientOf(hand)
    renderWith(client, <ChatThread.Default agentId="agent" />)
    const status = partNamed('chat-thread-status')
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    await hand.newest().emit(delta('Hel'))

    await hand.newest().fail({ code: 'network' })

    expect(status?.textContent).toBe('Reconnecting…')
    expect(status?.dataset).toMatchObject({ status: 'streaming', activity: 'resuming' })
    expect(errorShown()).toBeNull()
    await hand.newest().emit(delta('lo'))
    expect(status?.textContent).toBe('Answering…')
    expect(screen.getByText('Hello')).toBeDefined()
  })

  it('does not say of a run that cannot be found that the page was left', async () => {
    const hand = handDriven({ canResume: true })
    const client = clientOf(hand)
    renderWith(client, <ChatThread.Default agentId="agent" />)
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    await hand.newest().emit()
    await hand.newest().fail({ code: 'network' })

    await hand.newest().fail({ code: 'empty', status: 204 })

    expect(errorShown()?.textContent).toMatch(/^No answer came\./)
    expect(errorShown()?.dataset).toMatchObject({ end: 'unknown', code: 'empty' })
  })

  it('does not say of a silent server that the page was left', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(client, <ChatThread.Default agentId="agent" />)
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))

    await pass(301_000)

    expect(errorShown()?.textContent).toMatch(/^No answer came\./)
    expect(errorShown()?.dataset).toMatchObject({ end: 'unknown', code: 'stalled' })
  })
})
