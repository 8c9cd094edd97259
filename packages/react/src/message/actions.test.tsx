import type { Turn } from '@fluokit/core'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, FluoProvider, Message } from '../index.ts'

const agent = { agentId: 'agent' }

function renderMessage() {
  return (
    <Message.Root>
      <Message.Heading level={4} />
      <Message.Error />
      <Message.Actions>
        <Message.Copy />
        <Message.Retry />
        <Message.Timestamp />
      </Message.Actions>
    </Message.Root>
  )
}

function setUp() {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Viewport>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
      </ChatThread.Viewport>
      <Composer.Root>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  const thread = client.thread(agent)
  return { ...hand, thread, ask: (text = 'Hi') => act(() => void thread.send(text)) }
}

function clipboardThat(writeText: (text: string) => Promise<void>): void {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as Clipboard)
}

afterEach(() => {
  vi.useRealTimers()
})

const copies = (): readonly HTMLElement[] => screen.getAllByRole('button', { name: 'Copy' })

describe('Message.Root', () => {
  it('is an article named after who speaks and when, beside a heading of the level asked for (A11y 25)', async () => {
    const { ask, newest } = setUp()
    ask()
    await newest().emit(delta('Hello'))

    const names = screen
      .getAllByRole('article')
      .map((article) => article.getAttribute('aria-label'))
    expect(names[0]).toMatch(/^You, .*\d\d/)
    expect(names[1]).toMatch(/^Assistant, .*\d\d/)
    const headings = screen.getAllByRole('heading', { level: 4 })
    expect(headings.map(({ textContent }) => textContent)).toEqual(names)
  })

  it('says who speaks in words, not by colour or place alone (A11y 36)', async () => {
    const { ask, newest } = setUp()
    ask()
    await newest().emit(delta('Hello'))

    const [you, assistant] = screen.getAllByRole('heading')
    expect(you?.textContent).toContain('You')
    expect(assistant?.textContent).toContain('Assistant')
    expect(getComputedStyle(you as Element).display).not.toBe('none')
  })
})

describe('Message.Actions', () => {
  it('shows under a message that stands, and not under one that is being written', async () => {
    const { ask, newest } = setUp()
    ask()
    expect(screen.getAllByRole('group', { name: 'Message actions' })).toHaveLength(1)

    await newest().emit(delta('Hello'))
    expect(screen.getAllByRole('group')).toHaveLength(1)
    await newest().emit(final('Hello'))
    await newest().end()

    expect(screen.getAllByRole('group')).toHaveLength(2)
  })
})

describe('Message.Copy', () => {
  it('copies what was written, to the character, and says so for two seconds', async () => {
    const written: string[] = []
    clipboardThat(async (text) => void written.push(text))
    const { ask, newest } = setUp()
    ask('  What?\n ')
    await newest().emit(
      { type: 'thinking_part', text: 'Hm' },
      delta('One\n'),
      { type: 'tool_end', name: 'sum', output: 3 },
      delta('\n  two '),
    )
    await newest().emit(final('One\n\n  two '))
    await newest().end()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

    for (const button of copies()) {
      await act(async () => fireEvent.click(button))
    }

    expect(written).toEqual(['  What?\n ', 'One\n\n  two '])
    const copied = screen.getAllByRole('button', { name: 'Copied' })
    expect(copied.map(({ dataset }) => dataset['copied'])).toEqual(['', ''])
    act(() => void vi.advanceTimersByTime(2000))
    expect(copies()).toHaveLength(2)
    expect(copies()[0]?.hasAttribute('data-copied')).toBe(false)
  })

  it('says it for two seconds from the last of two presses', async () => {
    clipboardThat(async () => undefined)
    const { ask } = setUp()
    ask()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const button = copies()[0] as Element
    await act(async () => fireEvent.click(button))
    act(() => void vi.advanceTimersByTime(1500))

    await act(async () => fireEvent.click(button))
    act(() => void vi.advanceTimersByTime(1500))

    expect(button.textContent).toBe('Copied')
    act(() => void vi.advanceTimersByTime(500))
    expect(button.textContent).toBe('Copy')
  })

  it('joins the text of an answer when it is pressed, and never to render', async () => {
    const written: string[] = []
    clipboardThat(async (text) => void written.push(text))
    const chunks = ['', 'One\n', 'two']
    const join = vi.spyOn(chunks, 'join')
    const answer: Turn = {
      id: 'turn',
      input: { query: '' },
      sentAt: 1,
      runs: [
        {
          id: 'run',
          end: 'done',
          error: null,
          messages: [
            { id: 'run:0', isFinal: true, parts: [{ type: 'text', id: 'run:0.0', chunks }] },
          ],
        },
      ],
    }
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root {...agent} initialTurns={[answer]}>
        <ChatThread.Messages>{() => <Message.Copy />}</ChatThread.Messages>
      </ChatThread.Root>,
    )
    expect(copies()).toHaveLength(1)
    expect(join).not.toHaveBeenCalled()

    await act(async () => fireEvent.click(copies()[0] as Element))

    expect(written).toEqual(['One\ntwo'])
  })

  it.each([
    ['refuses', { writeText: () => Promise.reject(new Error('no')) }],
    ['is not there', undefined],
  ])('says that it could not when the clipboard %s', async (_, clipboard) => {
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(clipboard as unknown as Clipboard)
    const { ask } = setUp()
    ask()

    await act(async () => fireEvent.click(copies()[0] as Element))

    const failed = screen.getByRole('button', { name: 'Could not copy' })
    expect(failed.dataset['failed']).toBe('')
    expect(document.body.contains(failed)).toBe(true)
  })

  it('is heard to have worked', async () => {
    clipboardThat(async () => undefined)
    const { ask } = setUp()
    ask()

    fireEvent.click(copies()[0] as Element)

    const heard = document.querySelector('[data-part="chat-thread-announcer"] [aria-live]')
    await waitFor(() => expect(heard?.textContent).toBe('Copied'))
  })

  it('copies nothing when a handler of the user prevents it', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(async () => undefined)
    clipboardThat(writeText)
    const client = clientOf(handDriven())
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>
          {() => <Message.Copy onClick={(event) => event.preventDefault()} />}
        </ChatThread.Messages>
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))

    await act(async () => fireEvent.click(copies()[0] as Element))

    expect(writeText).not.toHaveBeenCalled()
  })
})

describe('Message.Retry', () => {
  it('knows the newest answer whatever an app calls it', () => {
    const turnNamed = (name: string): Turn => ({
      id: name,
      input: { query: name },
      sentAt: 1,
      runs: [
        {
          id: `run of ${name}`,
          end: 'interrupted',
          error: { code: 'network' },
          messages: [{ id: `answer to ${name}`, isFinal: false, parts: [] }],
        },
      ],
    })
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root {...agent} initialTurns={[turnNamed('one'), turnNamed('two')]}>
        <ChatThread.Messages>{() => <Message.Retry />}</ChatThread.Messages>
      </ChatThread.Root>,
    )

    expect(screen.getAllByRole('button', { name: 'Retry' })).toHaveLength(1)
  })

  it('asks again in the newest answer that is not whole, and only there', async () => {
    const { ask, newest, runs, thread } = setUp()
    const retry = (): readonly HTMLElement[] => screen.queryAllByRole('button', { name: 'Retry' })
    ask()
    await newest().emit(delta('par'))
    expect(retry()).toHaveLength(0)
    act(() => void thread.stop())
    expect(retry()).toHaveLength(1)

    await act(async () => fireEvent.click(retry()[0] as Element))
    expect(runs).toHaveLength(2)
    expect(thread.store.getState().turns).toHaveLength(1)
    expect(retry()).toHaveLength(0)
    await newest().emit(final('whole'))
    await newest().end()

    expect(retry()).toHaveLength(0)
  })

  it.each([
    ['the input after a press by keyboard', 0, 'textbox'],
    ['the log after a press by pointer', 1, 'log'],
  ])('gives its focus to %s', async (_, detail, role) => {
    const { ask, newest } = setUp()
    ask()
    await newest().fail({ code: 'upstream' })
    const retry = screen.getByRole('button', { name: 'Retry' })
    retry.focus()

    await act(async () => fireEvent.click(retry, { detail }))

    expect(document.activeElement).toBe(screen.getByRole(role))
  })
})

describe('Message.Error', () => {
  it('says in each answer what went wrong with it, and keeps saying it', async () => {
    const { ask, newest } = setUp()
    const errors = (): readonly (string | null)[] =>
      [...document.querySelectorAll('[data-part="message-error"]')].map(
        ({ textContent }) => textContent,
      )
    ask('One')
    await newest().emit(delta('par'))
    await newest().fail({ code: 'network' })
    expect(errors()).toEqual(['The connection was lost before the answer was complete.'])

    ask('Two')
    await newest().fail({ code: 'upstream', detail: 'secret words of the server' })

    expect(errors()).toEqual([
      'The connection was lost before the answer was complete.',
      'The assistant had a problem.',
    ])
  })
})

describe('Message.Timestamp', () => {
  it('names the moment for people and for machines', async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 23, 9, 41), toFake: ['Date'] })
    const { ask } = setUp()
    ask()
    await settled()

    const time = document.querySelector('time')
    expect(time?.dateTime).toBe(new Date(2026, 10, 23, 9, 41).toISOString())
    expect(time?.textContent).toMatch(/9\D41/)
  })

  it('says it in the words of the labels', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(
      client,
      <FluoProvider client={client} labels={{ moment: (at) => `um ${typeof at}` }}>
        <ChatThread.Root {...agent}>
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>,
    )
    act(() => void client.thread(agent).send('Hi'))

    expect(document.querySelector('time')?.textContent).toBe('um number')
    expect(screen.getByRole('article', { name: 'You, um number' })).toBeDefined()
  })
})
