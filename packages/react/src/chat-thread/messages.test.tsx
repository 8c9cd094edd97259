import type { Part, Turn } from '@fluokit/core'
import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { clientOf, framesByHand, renderWith } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import {
  ChatThread,
  Composer,
  Message,
  Thinking,
  ToolCall,
  useThreadState,
  type ChatMessage,
} from '../index.ts'

const agent = { agentId: 'agent' }

/** How often each message and part was rendered. */
const renders = new Map<string, number>()
beforeEach(() => renders.clear())

function note(id: string): void {
  renders.set(id, (renders.get(id) ?? 0) + 1)
}

function renderMessage(message: ChatMessage): ReactNode {
  note(message.id)
  return (
    <Message.Root>
      <Message.Parts>{renderPart}</Message.Parts>
      <Message.Status />
    </Message.Root>
  )
}

function renderPart(part: Part): ReactNode {
  note(`part ${part.id}`)
  return part.type === 'tool-call' ? <span>{part.name}</span> : <Message.Text />
}

function turnOf(index: number): Turn {
  const id = `turn-${index}`
  return {
    id,
    input: { query: `question ${index}` },
    sentAt: index,
    runs: [
      {
        id: `run-${index}`,
        end: 'done',
        error: null,
        messages: [
          {
            id: `run-${index}:0`,
            isFinal: true,
            parts: [{ type: 'text', id: `run-${index}:0.0`, chunks: [`answer ${index}`] }],
          },
        ],
      },
    ],
  }
}

function setUp(turns: readonly Turn[] = []) {
  const hand = handDriven()
  const frames = framesByHand()
  const client = clientOf({ ...hand, schedule: frames.schedule })
  renderWith(
    client,
    <ChatThread.Root {...agent} initialTurns={turns}>
      <ChatThread.Viewport>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
      </ChatThread.Viewport>
      <ChatThread.Status />
      <Composer.Root>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  return { ...hand, frames, client, thread: client.thread(agent) }
}

const texts = (): string[] => screen.getAllByRole('article').map(({ textContent }) => textContent)

describe('ChatThread.Messages', () => {
  it('renders no message while the text of an answer streams, neither it nor 200 earlier ones', async () => {
    const { thread, newest, frames } = setUp(Array.from({ length: 100 }, (_, i) => turnOf(i)))
    expect(texts()).toHaveLength(200)
    act(() => void thread.send('Hi'))
    await newest().emit(delta('one\n'))
    await frames.next() // that the run has begun
    await frames.next()
    renders.clear()

    for (let index = 0; index < 10; index += 1) {
      await newest().emit(delta('word '))
      await frames.next()
    }

    expect([...renders]).toEqual([])
    expect(texts()).toHaveLength(202)
    expect(texts().at(-1)).toBe(`one\n${'word '.repeat(10)}`)
  })

  it('renders no earlier message when a turn is added or a run ends', async () => {
    const { thread, newest } = setUp(Array.from({ length: 50 }, (_, i) => turnOf(i)))
    renders.clear()

    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()
    act(() => void thread.send('Again'))

    expect([...renders.keys()].filter((id) => id.includes('run-'))).toEqual([])
    expect([...renders.keys()].filter((id) => id.includes('turn-'))).toEqual([])
  })

  it('renders a message again for each part that begins, and its settled parts no more', async () => {
    const { thread, newest, frames } = setUp()
    act(() => void thread.send('Hi'))
    await newest().emit(
      { type: 'thinking_part', text: 'hmm' },
      { type: 'tool_start', callId: 'call', name: 'sum' },
      { type: 'tool_end', callId: 'call' },
      delta('text'),
    )
    await frames.next() // that the run has begun
    await frames.next()
    renders.clear()

    await newest().emit(delta(' grows'))
    await frames.next()
    expect([...renders]).toEqual([])
    await newest().emit({ type: 'tool_start', callId: 'next', name: 'sum' })
    await frames.next()

    const answer = `${newest().request.runId}:0`
    expect([...renders]).toEqual([
      [answer, 1],
      [`part ${answer}.2`, 1],
      ['part next', 1],
    ])
  })

  it('renders thinking and tools that are over no more, whatever follows them', async () => {
    const noting = (id: string) => (): string => {
      note(id)
      return id
    }
    const thinkingRoot = noting('Thinking.Root')
    const thinkingTrigger = noting('Thinking.Trigger')
    const toolRoot = noting('ToolCall.Root')
    const renderBlock = ({ type }: Part): ReactNode => {
      if (type === 'text') return <Message.Text />
      if (type === 'tool-call') return <ToolCall.Root className={toolRoot} />
      return (
        <Thinking.Root className={thinkingRoot}>
          <Thinking.Trigger className={thinkingTrigger} />
          <Thinking.Panel />
        </Thinking.Root>
      )
    }
    const renderBlocks = (): ReactNode => <Message.Parts>{renderBlock}</Message.Parts>
    const hand = handDriven()
    const frames = framesByHand()
    const client = clientOf({ ...hand, schedule: frames.schedule })
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>{renderBlocks}</ChatThread.Messages>
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))
    for (let index = 0; index < 5; index += 1) {
      const callId = `call-${index}`
      await hand
        .newest()
        .emit(
          { type: 'thinking_part', text: 'hmm' },
          { type: 'tool_start', callId, name: 'sum' },
          { type: 'tool_end', callId },
        )
    }
    await frames.next() // paints the first call, which did not wait for it
    await hand.newest().emit(delta('text'))
    await frames.next()
    expect(screen.getAllByRole('button')).toHaveLength(5)
    renders.clear()

    for (let index = 0; index < 10; index += 1) {
      await hand.newest().emit(delta(' grows'))
      await frames.next()
    }

    expect(document.body.textContent).toContain(`text${' grows'.repeat(10)}`)
    expect([...renders]).toEqual([])
  })

  it('asks the store about no answer but the newest, however many failed', () => {
    const failed = (index: number): Turn => {
      const turn = turnOf(index)
      return { ...turn, runs: turn.runs.map((run) => ({ ...run, end: 'interrupted' as const })) }
    }
    const listenersOf = (count: number): number => {
      const client = clientOf(handDriven())
      const initialTurns = Array.from({ length: count }, (_, index) => failed(index))
      const { store } = client.thread({ ...agent, initialTurns })
      const subscribe = vi.spyOn(store, 'subscribe')
      const { unmount } = renderWith(
        client,
        <ChatThread.Root {...agent}>
          <ChatThread.Messages>
            {() => (
              <Message.Root>
                <Message.Status />
                <Message.Retry />
              </Message.Root>
            )}
          </ChatThread.Messages>
          <ChatThread.Error />
        </ChatThread.Root>,
      )
      expect(screen.getAllByRole('article')).toHaveLength(2 * count)
      unmount()
      return subscribe.mock.calls.length
    }

    const few = listenersOf(2)

    expect(few).toBeGreaterThan(0)
    expect(listenersOf(20)).toBe(few)
  })

  it('keeps the element of a message from its first moment to its end', async () => {
    const { thread, newest } = setUp()
    act(() => void thread.send('Hi'))
    const [question, answer] = screen.getAllByRole('article')
    expect(answer?.dataset['status']).toBe('pending')

    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()
    act(() => void thread.send('Again'))

    const [first, second] = screen.getAllByRole('article')
    expect(first).toBe(question)
    expect(second).toBe(answer)
    expect(second?.dataset['status']).toBe('done')
  })

  it('shows every message of a run, in order', async () => {
    const { thread, newest } = setUp()
    act(() => void thread.send('Hi'))
    await newest().emit(delta('first'), final('first'), { type: 'tool_start', name: 'sum' })
    await newest().emit({ type: 'tool_end', name: 'sum' }, delta('second'), final('second'))
    await newest().end()

    expect(texts()).toEqual(['Hi', 'first', 'sumsecond'])
  })

  it('shows a turn that is sent in the task of a reset', async () => {
    const { thread, newest, frames } = setUp()
    act(() => void thread.send('One'))
    await newest().emit(delta('1'), final('1'))
    await newest().end()

    act(() => {
      thread.reset()
      void thread.send('Two')
    })
    await newest().emit(delta('2'))
    await frames.next() // that the run has begun
    await frames.next()

    expect(texts()).toEqual(['Two', '2'])
  })

  it('shows nothing after a reset, and nothing of the run that it left', async () => {
    const { thread, newest, frames } = setUp([turnOf(0), turnOf(1)])
    act(() => void thread.send('One'))
    await newest().emit(delta('late'))

    act(() => thread.reset())
    await newest().emit(delta('later'))
    await frames.next()

    expect(screen.queryAllByRole('article')).toEqual([])
    expect(newest().signal.aborted).toBe(true)
  })

  it('shows the messages of another thread when the root is given one', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    const [a, b] = ['a', 'b'].map((threadKey) =>
      client.thread({ ...agent, threadKey, initialTurns: [turnOf(threadKey === 'a' ? 1 : 2)] }),
    )
    const page = (thread = a): ReactNode =>
      thread && (
        <ChatThread.Root thread={thread}>
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        </ChatThread.Root>
      )
    const { rerender } = renderWith(client, page(a))

    rerender(page(b))
    expect(texts()).toEqual(['question 2', 'answer 2'])
    act(() => void a?.send('for a'))
    await hand.newest().emit(delta('answer for a'))
    expect(texts()).toEqual(['question 2', 'answer 2'])
    rerender(page(a))

    expect(texts()).toEqual(['question 1', 'answer 1', 'for a', 'answer for a'])
  })
})

describe('useThreadState', () => {
  it('re-renders only when what it selects changes', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const seen: unknown[] = []
    function Activity(): ReactNode {
      seen.push(useThreadState((state) => state.activity))
      return null
    }
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <Activity />
      </ChatThread.Root>,
    )

    act(() => void client.thread(agent).send('Hi'))
    for (let index = 0; index < 5; index += 1) await newest().emit(delta('x'))

    expect(seen).toEqual(['idle', 'connecting', 'open'])
  })
})

describe('ChatThread.Root', () => {
  it('shows status, activity and restoring as attributes of a section', async () => {
    const hand = handDriven()
    let answer = (): void => undefined
    const client = clientOf({
      ...hand,
      storage: {
        isShared: false,
        read: () => new Promise((resolve) => (answer = () => resolve(null))),
        write: () => undefined,
        remove: () => undefined,
        keys: () => [],
      },
    })
    renderWith(client, <ChatThread.Root {...agent} aria-label="Chat" />)
    const root = screen.getByRole('region', { name: 'Chat' })
    const facts = (): unknown[] =>
      ['status', 'activity', 'restoring'].map((name) => root.getAttribute(`data-${name}`))
    expect(facts()).toEqual(['ready', 'idle', ''])

    await act(async () => answer())
    expect(facts()).toEqual(['ready', 'idle', null])
    act(() => void client.thread(agent).send('Hi'))
    expect(facts()).toEqual(['submitted', 'connecting', null])
    await hand.newest().emit(delta('x'))
    expect(facts()).toEqual(['streaming', 'open', null])
    await hand.newest().fail({ code: 'network' })

    expect(facts()).toEqual(['error', 'idle', null])
  })

  it('does not render its children again for a delta', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const user = userEvent.setup()
    renderWith(
      client,
      <ChatThread.Root
        {...agent}
        render={(props) => {
          note('root')
          return <section {...props} />
        }}
      >
        <Composer.Root>
          <Composer.Input />
        </Composer.Root>
      </ChatThread.Root>,
    )
    await user.type(screen.getByRole('textbox'), 'Hi{Enter}')
    await newest().emit(delta('x'))
    renders.clear()

    for (let index = 0; index < 5; index += 1) await newest().emit(delta('x'))

    expect(renders.size).toBe(0)
  })
})
