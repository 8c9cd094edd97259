import { memoryStorage, textOf, type ThreadState } from '@fluokit/core'
import { act, render, renderHook, screen } from '@testing-library/react'
import { StrictMode, useState, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, framesByHand, messageOf, renderWith } from '../test/chat.tsx'
import { delta, final, handDriven } from '../test/hand-driven.ts'
import {
  ChatThread,
  FluoProvider,
  useFluoThread,
  type ChatMessage,
  type ThreadView,
} from './index.ts'

const agent = { agentId: 'agent' }

function answerOf({ messages }: ThreadView): string {
  return messages.map((message) => (message.role === 'user' ? '' : textOf(message))).join('')
}

function textIn(message: ChatMessage): string {
  return message.role === 'user' ? message.input.query : textOf(message)
}

function Answer({ onRender }: { readonly onRender?: () => void }): ReactNode {
  const view = useFluoThread(agent)
  onRender?.()
  return (
    <p role="note" data-status={view.status} data-activity={view.activity}>
      {answerOf(view)}
    </p>
  )
}

describe('useFluoThread', () => {
  it('shows a reply that grows step by step', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <Answer />)
    const note = screen.getByRole('note')
    const seen: string[] = []

    act(() => void client.thread(agent).send('Hi'))
    expect(note.dataset).toMatchObject({ status: 'submitted', activity: 'connecting' })
    for (const word of ['one ', 'two ', 'three ', 'four ', 'five']) {
      await newest().emit(delta(word))
      seen.push(note.textContent)
      expect(note.dataset).toMatchObject({ status: 'streaming', activity: 'open' })
    }
    await newest().emit(final('one two three four five'))
    await newest().end()

    expect(seen).toEqual([
      'one ',
      'one two ',
      'one two three ',
      'one two three four ',
      'one two three four five',
    ])
    expect(note.dataset).toMatchObject({ status: 'ready', activity: 'idle' })
  })

  it('re-renders at most once a frame, however many deltas came', async () => {
    const { transport, newest } = handDriven()
    const frames = framesByHand()
    const client = clientOf({ transport, schedule: frames.schedule })
    const onRender = vi.fn<() => void>()
    renderWith(client, <Answer onRender={onRender} />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('first '))
    await frames.next()
    onRender.mockClear()

    for (let index = 0; index < 50; index += 1) await newest().emit(delta('x'))
    expect(onRender).toHaveBeenCalledTimes(0)
    await frames.next()

    expect(onRender).toHaveBeenCalledTimes(1)
    expect(screen.getByRole('note')).toHaveProperty('textContent', `first ${'x'.repeat(50)}`)
  })

  it('keeps the identity of settled messages from commit to commit', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const { result } = renderHook(() => useFluoThread(agent), {
      wrapper: ({ children }) => <FluoProvider client={client}>{children}</FluoProvider>,
    })
    act(() => void result.current.send('One'))
    await newest().emit(delta('1'), final('1'))
    await newest().end()
    const [question, answer] = result.current.messages

    act(() => void result.current.send('Two'))
    await newest().emit(delta('2'))
    const second = result.current.messages
    await newest().emit(delta('3'))
    const third = result.current.messages

    expect(second).toHaveLength(4)
    expect(third.slice(0, 2)).toEqual([question, answer])
    expect(third[0]).toBe(question)
    expect(third[1]).toBe(answer)
    expect(third[2]).toBe(second[2])
    expect(third[3]).not.toBe(second[3])
  })

  it('gives the same view as long as nothing changed', () => {
    const client = clientOf(handDriven())
    const { result, rerender } = renderHook(() => useFluoThread({ agentId: 'agent' }), {
      wrapper: ({ children }) => <FluoProvider client={client}>{children}</FluoProvider>,
    })
    const before = result.current

    rerender()

    expect(result.current).toBe(before)
  })

  it('re-renders only for what a selector selects', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const selected: ThreadState['status'][] = []
    renderHook(() => selected.push(useFluoThread(agent, (state) => state.status)), {
      wrapper: ({ children }) => <FluoProvider client={client}>{children}</FluoProvider>,
    })

    act(() => void client.thread(agent).send('Hi'))
    for (let index = 0; index < 10; index += 1) await newest().emit(delta('x'))
    await newest().emit(final('x'.repeat(10)))
    await newest().end()

    expect(selected).toEqual(['ready', 'submitted', 'streaming', 'ready'])
  })

  it('has stable actions that need no `this` and never reject', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    const { result } = renderHook(() => useFluoThread(agent), {
      wrapper: ({ children }) => <FluoProvider client={client}>{children}</FluoProvider>,
    })
    const { send, stop, retry, reset, clearError, thread } = result.current
    let sent: unknown

    act(() => void send('Hi').then((end) => (sent = end)))
    await newest().fail({ code: 'upstream' })
    expect(sent).toMatchObject({ sent: true, end: 'failed' })
    act(() => void retry())
    await newest().emit(delta('partial'))
    await act(() => stop())
    await expect(act(() => send('  '))).resolves.toEqual({ sent: false, reason: 'empty' })

    expect(runs).toHaveLength(2)
    expect(result.current).toMatchObject({ send, stop, retry, reset, clearError, thread })
    expect(answerOf(result.current)).toBe('partial')
    act(() => reset())
    expect(result.current.messages).toEqual([])
  })

  it('goes on with the answer that a reload cut, by itself and once, in StrictMode too (F43, F53)', async () => {
    const storage = memoryStorage()
    const left = handDriven()
    const before = clientOf({ transport: left.transport, storage })
    void before.thread(agent).send('Hi')
    await left.newest().emit(delta('Hel'))
    before.dispose()
    const hand = handDriven({ canResume: true })
    const client = clientOf({ transport: hand.transport, storage })

    render(
      <StrictMode>
        <FluoProvider client={client}>
          <Answer />
        </FluoProvider>
      </StrictMode>,
    )
    const note = screen.getByRole('note')
    await act(async () => undefined)
    expect(note.dataset).toMatchObject({ status: 'streaming', activity: 'resuming' })
    await hand.newest().emit(delta('Hel'), delta('lo'), final('Hello'))
    await hand.newest().end()

    expect(note.textContent).toBe('Hello')
    expect(note.dataset).toMatchObject({ status: 'ready', activity: 'idle' })
    expect(hand.runs.map(({ request }) => request.runId)).toEqual([left.newest().request.runId])
  })

  it('starts one run a send in StrictMode (F43)', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    function Asker(): ReactNode {
      const view = useFluoThread(agent)
      return <button onClick={() => void view.send('Hi')}>{answerOf(view)}</button>
    }
    render(
      <StrictMode>
        <FluoProvider client={client}>
          <Asker />
        </FluoProvider>
      </StrictMode>,
    )
    expect(runs).toHaveLength(0)

    act(() => screen.getByRole('button').click())
    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()

    expect(runs).toHaveLength(1)
    expect(screen.getByRole('button')).toHaveProperty('textContent', 'Hello')
  })

  it('leaves the run going while unmounted and shows the whole answer afterwards (F45)', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    const { unmount } = renderWith(client, <Answer />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('before '))

    unmount()
    await newest().emit(delta('while away '))
    expect(newest().signal.aborted).toBe(false)
    renderWith(client, <Answer />)
    await newest().emit(delta('after'))

    expect(screen.getByRole('note')).toHaveProperty('textContent', 'before while away after')
    expect(runs).toHaveLength(1)
  })

  it('shares one thread between any number of components (F44)', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    renderWith(
      client,
      <>
        {Array.from({ length: 20 }, (_, index) => (
          <Answer key={index} />
        ))}
      </>,
    )

    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('Hello'))

    expect(runs).toHaveLength(1)
    expect(screen.getAllByText('Hello')).toHaveLength(20)
  })

  it('shows the thread reference in the commit that follows its event, without remounting', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const mounts = vi.fn<() => void>()
    function Reference(): ReactNode {
      const { threadRef } = useFluoThread(agent)
      useState(mounts)
      return <p role="note">{threadRef ?? 'none'}</p>
    }
    renderWith(client, <Reference />)
    const note = screen.getByRole('note')
    expect(note.textContent).toBe('none')

    act(() => void client.thread(agent).send('Hi'))
    await newest().emit({ type: 'run_start', threadRef: 'sealed-1' })
    expect(note.textContent).toBe('sealed-1')
    await newest().emit({ type: 'message_delta', text: 'x', threadRef: 'sealed-2' })

    expect(screen.getByRole('note')).toBe(note)
    expect(note.textContent).toBe('sealed-2')
    expect(mounts).toHaveBeenCalledTimes(1)
    expect(newest().signal.aborted).toBe(false)
  })

  it('follows another thread when its options change, and leaves the first one running', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    const { result, rerender } = renderHook(
      ({ threadKey }) => useFluoThread({ agentId: 'agent', threadKey }),
      {
        initialProps: { threadKey: 'a' },
        wrapper: ({ children }) => <FluoProvider client={client}>{children}</FluoProvider>,
      },
    )
    act(() => void result.current.send('for a'))

    rerender({ threadKey: 'b' })
    await newest().emit(delta('answer for a'))
    expect(answerOf(result.current)).toBe('')
    rerender({ threadKey: 'a' })

    expect(answerOf(result.current)).toBe('answer for a')
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([false])
  })

  it('keeps each answer in its own conversation, however fast a person switches (F48)', async () => {
    const { transport, runs } = handDriven()
    const client = clientOf({ transport })
    const { result, rerender } = renderHook(
      ({ threadKey }) => useFluoThread({ agentId: 'agent', threadKey }),
      {
        initialProps: { threadKey: 'a' },
        wrapper: ({ children }) => <FluoProvider client={client}>{children}</FluoProvider>,
      },
    )
    const keys = ['a', 'b', 'c'] as const
    for (const threadKey of keys) {
      rerender({ threadKey })
      act(() => void result.current.send(`for ${threadKey}`))
    }
    for (let round = 0; round < 20; round += 1) {
      rerender({ threadKey: keys[round % 3] ?? 'a' })
      await runs[(round * 2) % 3]?.emit(delta(keys[(round * 2) % 3] ?? ''))
    }

    expect(runs.map(({ signal }) => signal.aborted)).toEqual([false, false, false])
    for (const [index, threadKey] of keys.entries()) {
      rerender({ threadKey })
      await runs[index]?.emit(final(answerOf(result.current)))
      await runs[index]?.end()
      expect(result.current.messages.map(textIn)).toEqual([
        `for ${threadKey}`,
        expect.stringMatching(new RegExp(`^${threadKey}{6,7}$`)),
      ])
      expect(result.current.status).toBe('ready')
    }
    expect(runs).toHaveLength(3)
  })

  it('does not mind options and words of another identity in the middle of a run (F49)', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    const page = (): ReactNode => (
      <FluoProvider client={client} labels={{ send: 'Go' }}>
        <ChatThread.Default agentId="agent" initialTurns={[]} completion="message-final" />
      </FluoProvider>
    )
    const { rerender } = render(page())
    act(() => void client.thread(agent).send('Hi'))
    for (let round = 0; round < 5; round += 1) {
      rerender(page())
      await newest().emit(delta(`${round} `))
    }
    rerender(page())
    await newest().emit(final('0 1 2 3 4 '))
    await newest().end()

    expect(runs).toHaveLength(1)
    expect(screen.getByText('0 1 2 3 4')).toBeDefined()
    expect(screen.getAllByRole('article')).toHaveLength(2)
  })

  it('restores what is stored once it is mounted, and nothing before', () => {
    const storage = memoryStorage()
    const read = vi.spyOn(storage, 'read')
    const client = clientOf({ ...handDriven(), storage })
    client.thread(agent)
    expect(read).not.toHaveBeenCalled()

    renderWith(client, <Answer />)

    expect(read).toHaveBeenCalledTimes(1)
  })

  it('throws outside a provider, naming what is missing, why, and what to do', () => {
    expect(messageOf(<Answer />)).toMatch(
      /useThread\(options\) needs <FluoProvider> above it, whose client holds the threads\. Put one/,
    )
  })
})
