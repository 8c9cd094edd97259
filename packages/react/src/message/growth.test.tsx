import { textOf, type Part } from '@fluokit/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { memo, StrictMode, useState, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message, useMessage, useMessagePart, type ChatMessage } from '../index.ts'

const agent = { agentId: 'agent' }

async function setUp(...lists: readonly ReactNode[]) {
  const hand = handDriven()
  const client = clientOf(hand)
  const { container } = renderWith(
    client,
    <StrictMode>
      <ChatThread.Root {...agent}>{lists}</ChatThread.Root>
    </StrictMode>,
  )
  act(() => void client.thread(agent).send('Hi'))
  await hand.newest().emit(delta('one'))
  return { ...hand, container, thread: client.thread(agent) }
}

function list(renderMessage: (message: ChatMessage) => ReactNode): ReactNode {
  return <ChatThread.Messages key="list">{renderMessage}</ChatThread.Messages>
}

function partsList(renderPart: (part: Part) => ReactNode): ReactNode {
  return list(({ role }) => role === 'assistant' && <Message.Parts>{renderPart}</Message.Parts>)
}

const wordsOf = (message: ChatMessage): string =>
  message.role === 'user' ? '' : `[${textOf(message)}]`

const Words = memo(function Words({ message }: { readonly message: ChatMessage }): ReactNode {
  return wordsOf(message)
})

function WordsAround(): ReactNode {
  return wordsOf(useMessage())
}

function PartAround(): ReactNode {
  const part = useMessagePart()
  return 'chunks' in part ? `[${textOf(part)}]` : null
}

describe("An app's own code", () => {
  it.each([
    ['a function child that reads the text of the message', list(wordsOf)],
    ['one that copies the message', list((message) => wordsOf({ ...message }))],
    [
      'a memoised component that is given the message',
      list((message) => <Words message={message} />),
    ],
    ['useMessage()', list(() => <WordsAround />)],
    [
      'a function child that reads the text of a part',
      partsList((part) => 'chunks' in part && `[${textOf(part)}]`),
    ],
    [
      'one that copies the part',
      partsList((part) => 'chunks' in part && `[${structuredClone(part).chunks.join('')}]`),
    ],
    ['useMessagePart()', partsList(() => <PartAround />)],
  ])('shows the text as it grows: %s', async (_, shown) => {
    const { newest, container } = await setUp(shown)
    expect(container.textContent).toContain('[one]')

    for (const text of ['one two', 'one two\nthree', 'one two\nthree four']) {
      await newest().emit(
        delta(text.slice((container.textContent.match(/\[(.*)\]/s)?.[1] ?? '').length)),
      )
      expect(container.textContent).toContain(`[${text}]`)
    }
    await newest().emit(final('one two\nthree four'))
    await newest().end()

    expect(container.textContent).toContain('[one two\nthree four]')
  })

  it('reads in a press what the message says then, though it rendered long before', async () => {
    const pressed: string[] = []
    const { newest } = await setUp(
      list(
        (message) =>
          message.role === 'assistant' && (
            <button onClick={() => pressed.push(textOf(message))}>Read</button>
          ),
      ),
    )
    await newest().emit(delta(' two'))
    fireEvent.click(screen.getByRole('button'))
    await newest().emit(delta(' three'))
    fireEvent.click(screen.getByRole('button'))

    expect(pressed).toEqual(['one two', 'one two three'])
  })

  it('may begin to read late, in one of two lists of the thread', async () => {
    function Late(): ReactNode {
      const message = useMessage()
      const [isShown, show] = useState(false)
      if (message.role === 'user') return null
      return isShown ? wordsOf(message) : <button onClick={() => show(true)}>Show</button>
    }
    const renderOther = vi.fn<(message: ChatMessage) => ReactNode>(({ id }) => id)
    const { newest, container } = await setUp(
      list(() => <Late />),
      <ChatThread.Messages key="other">{renderOther}</ChatThread.Messages>,
    )
    await newest().emit(delta(' two'))
    renderOther.mockClear()

    fireEvent.click(screen.getByRole('button'))
    expect(container.textContent).toContain('[one two]')
    await newest().emit(delta(' three'))

    expect(container.textContent).toContain('[one two three]')
    expect(renderOther).not.toHaveBeenCalled()
  })

  it('can tell a message that says more from the one that it rendered', async () => {
    const Compared = memo(
      ({ message }: { readonly message: ChatMessage }): ReactNode => wordsOf(message),
      ({ message: one }, { message: other }) =>
        'parts' in one && 'parts' in other && one.parts === other.parts,
    )
    const { newest, container } = await setUp(list((message) => <Compared message={message} />))

    await newest().emit(delta(' two'))
    await newest().emit(delta(' three'))

    expect(container.textContent).toContain('[one two three]')
  })

  it('may keep a message, which says what it said when it was first read, and all of it where it was not', async () => {
    const given: ChatMessage[] = []
    const { newest, thread } = await setUp(
      list((message) => {
        if (message.role === 'assistant') given.push(message)
        return null
      }),
    )
    const [unread, read] = [given.at(0), given.at(-1)]
    expect(read && wordsOf(read)).toBe('[one]')

    await newest().emit(delta(' two'), final('one two'))
    await newest().end()
    act(() => void thread.send('Next'))

    expect(read && wordsOf(read)).toBe('[one]')
    expect(unread && wordsOf(unread)).toBe('[one two]')
  })

  it('gets the stored message once it has ended', async () => {
    const given: ChatMessage[] = []
    const { newest, thread } = await setUp(
      list((message) => {
        given.push(message)
        return null
      }),
    )
    await newest().emit(delta(' two'), final('one two'))
    await newest().end()

    const stored = thread.store.getState().turns[0]?.runs[0]?.messages[0]
    const last = given.at(-1)
    expect(last).toMatchObject({ ...stored, end: 'done' })
    expect(last?.role === 'assistant' && last.parts).toBe(stored?.parts)
  })
})

describe('Message.Parts', () => {
  it('renders no settled part again for a new one, in two lists of a thread either', async () => {
    const renders: string[] = []
    function Shown(): ReactNode {
      renders.push(useMessagePart().type)
      return null
    }
    const renderPart = (): ReactNode => <Shown />
    const renderMessage = (): ReactNode => <Message.Parts>{renderPart}</Message.Parts>
    const { newest } = await setUp(
      <ChatThread.Messages key="one">{renderMessage}</ChatThread.Messages>,
      <ChatThread.Messages key="other">{renderMessage}</ChatThread.Messages>,
    )
    for (const callId of ['first', 'second']) {
      await newest().emit({ type: 'tool_start', callId, name: 'sum' })
    }
    renders.length = 0

    await newest().emit({ type: 'tool_start', callId: 'third', name: 'sum' })

    expect(renders).not.toContain('text')
    expect(renders).toContain('tool-call')
  })

  it('shows what a final says that comes once more', async () => {
    const { newest, container } = await setUp(partsList(() => <Message.Text />))
    const named = { messageId: 'm', text: 'one' } as const
    await newest().emit({ type: 'message_delta', ...named, text: '!' })
    await newest().emit({ type: 'message_final', ...named, text: 'one!' })

    await newest().emit({ type: 'message_final', ...named, text: 'one! two' })

    expect(container.textContent).toContain('one! two')
  })
})

describe('Message.Copy', () => {
  it('copies what an open message says when it is pressed', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(async () => undefined)
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
    const { newest } = await setUp(list(({ role }) => role === 'assistant' && <Message.Copy />))
    await newest().emit(delta(' two'))

    await act(async () => fireEvent.click(screen.getByRole('button')))

    expect(writeText).toHaveBeenCalledWith('one two')
    vi.restoreAllMocks()
  })
})
