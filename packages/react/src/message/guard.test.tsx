import type { Part } from '@fluokit/core'
import { act, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith, takeComplaints } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, Message, Thinking, ToolCall, useMessagePart } from '../index.ts'

const agent = { agentId: 'agent' }

function Fragile({ breaksOn }: { readonly breaksOn: RegExp }): ReactNode {
  const part = useMessagePart()
  const text = 'chunks' in part ? part.chunks.join('') : part.type
  if (breaksOn.test(text)) throw new Error('a renderer of the app threw')
  return <p>{`rendered: ${text}`}</p>
}

function setUp(
  renderPart: (part: Part) => ReactNode,
  props?: Partial<Parameters<typeof Message.Parts>[0]>,
) {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Parts {...props}>{renderPart}</Message.Parts>
          </Message.Root>
        )}
      </ChatThread.Messages>
      <Composer.Root>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  const thread = client.thread(agent)
  return { ...hand, thread, ask: () => act(() => void thread.send('Hi')) }
}

const answer = (): string => screen.getAllByRole('article').at(-1)?.textContent ?? ''

describe('Message.Parts', () => {
  it('keeps the throw of one part from its neighbours, and shows its text as it is', async () => {
    const { ask, newest } = setUp((part) =>
      part.type === 'tool-call' ? <Fragile breaksOn={/tool-call/} /> : <Message.Text />,
    )
    ask()

    await newest().emit(
      delta('Before. '),
      { type: 'tool_start', callId: 'a', name: 'sum' },
      delta('After.'),
    )

    expect(answer()).toMatch(/^Before\. This could not be shown.*:sumAfter\.$/)
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeDefined()
    expect(takeComplaints()).toContain('a renderer of the app threw')
  })

  it('shows text that breaks its renderer while it grows, and tries again once the message has ended', async () => {
    const { ask, newest } = setUp((part) =>
      part.type === 'text' ? <Fragile breaksOn={/half$/} /> : null,
    )
    ask()
    await newest().emit(delta('this is half'))
    expect(answer()).toMatch(/could not be shown.*this is half$/)

    await newest().emit(delta(' of it'))
    expect(answer()).toMatch(/could not be shown.*this is half of it$/)
    await newest().emit(final('this is half of it'))
    await newest().end()

    expect(answer()).toBe('rendered: this is half of it')
    takeComplaints()
  })

  it('gives the place of a broken part to what the app renders there', async () => {
    const { ask, newest } = setUp(() => <Fragile breaksOn={/bad/} />, {
      fallback: (part, error) => `${part.type}: ${String(error)}`,
    })
    ask()

    await newest().emit(delta('bad'))

    expect(answer()).toBe('text: Error: a renderer of the app threw')
    takeComplaints()
  })

  it('shows the text where what the app renders there throws too', async () => {
    const { ask, newest } = setUp(() => <Fragile breaksOn={/bad/} />, {
      fallback() {
        throw new Error('the fallback threw')
      },
    })
    ask()

    await newest().emit(delta('bad'))

    expect(answer()).toMatch(/could not be shown.*:bad$/)
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeDefined()
    expect(takeComplaints()).toContain('the fallback threw')
  })

  it('tries again once the message has ended, in the place of what the app renders there too', async () => {
    const { ask, newest } = setUp(() => <Fragile breaksOn={/half$/} />, {
      fallback: () => 'in its place',
    })
    ask()
    await newest().emit(delta('this is half'))
    expect(answer()).toBe('in its place')

    await newest().emit(final('this is half of it'))
    await newest().end()

    expect(answer()).toBe('rendered: this is half of it')
    takeComplaints()
  })

  it('tries no more than once where it breaks for good', async () => {
    const { ask, newest } = setUp(() => <Fragile breaksOn={/bad/} />, {
      fallback: () => 'in its place',
    })
    ask()
    await newest().emit(delta('bad'))

    await newest().emit(final('bad'))
    await newest().end()

    expect(answer()).toBe('in its place')
    takeComplaints()
  })

  it('stands when a function child itself throws', async () => {
    const { ask, newest } = setUp((part) => {
      if (part.type === 'thinking') throw new Error('the function threw')
      return <Message.Text />
    })
    ask()

    await newest().emit({ type: 'thinking_part', text: 'Hm' }, delta('Yes'))

    expect(answer()).toMatch(/:HmYes$/)
    expect(takeComplaints()).toContain('the function threw')
  })
})

describe('ChatThread.Messages', () => {
  it('keeps the throw of one message from the thread, and shows its text as it is', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>
          {({ role }) => {
            if (role === 'assistant') throw new Error('a message threw')
            return (
              <Message.Root>
                <Message.Parts>{() => <Message.Text />}</Message.Parts>
              </Message.Root>
            )
          }}
        </ChatThread.Messages>
        <ChatThread.Status />
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))

    await hand.newest().emit(delta('Hello'))

    expect(screen.getByText('Hello')).toBeDefined()
    expect(screen.getAllByRole('article').map(({ textContent }) => textContent)).toEqual(['Hi'])
    expect(screen.getByText('Answering…')).toBeDefined()
    expect(takeComplaints()).toContain('a message threw')
  })
})

describe('ChatThread.Messages with a fallback', () => {
  it('stands where that throws too, and tries again once the message has ended', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages
          fallback={() => {
            throw new Error('the fallback threw')
          }}
        >
          {(message) => {
            if (message.role === 'assistant' && message.end === null) throw new Error('too early')
            return <Message.Root>{message.role}</Message.Root>
          }}
        </ChatThread.Messages>
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))
    await hand.newest().emit(delta('Hello'))
    expect(screen.getByText('Hello')).toBeDefined()
    expect(takeComplaints()).toContain('the fallback threw')

    await hand.newest().emit(final('Hello'))
    await hand.newest().end()

    expect(screen.getAllByRole('article').map(({ textContent }) => textContent)).toEqual([
      'user',
      'assistant',
    ])
    takeComplaints()
  })
})

describe('Thinking and ToolCall', () => {
  it('fall back to their text or name when one of their parts throws', async () => {
    const broken = (): never => {
      throw new Error('a class function threw')
    }
    const { ask, newest } = setUp((part) => {
      if (part.type === 'thinking') {
        return (
          <Thinking.Root>
            <Thinking.Panel className={broken} />
          </Thinking.Root>
        )
      }
      if (part.type !== 'tool-call') return <Message.Text />
      return (
        <ToolCall.Root>
          <ToolCall.Output>{broken as unknown as ReactNode}</ToolCall.Output>
          <ToolCall.Name render={broken} />
        </ToolCall.Root>
      )
    })
    ask()

    await newest().emit(
      { type: 'thinking_part', text: 'Hm' },
      { type: 'tool_start', callId: 'a', name: 'sum' },
      delta('Yes'),
    )

    expect(answer()).toMatch(/:Hm.*:sumYes$/)
    takeComplaints()
  })
})
