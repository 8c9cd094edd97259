import type { FluoClient, FluoError, FluoEvent, Run, Thread } from '@fluokit/core'
import { textOf } from '@fluokit/core'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { useStore } from 'zustand'
import { clientOf, errorShown, messageOf, renderWith, settled } from '../test/chat.tsx'
import { delta, final, handDriven } from '../test/hand-driven.ts'
import {
  ChatThread,
  defaultLabels,
  FluoProvider,
  useFluoClient,
  useFluoThread,
  useThread,
  useThreadState,
} from './index.ts'

const agent = { agentId: 'agent' }

describe('FluoProvider', () => {
  it('replaces the words that it is given and keeps the others', () => {
    const client = clientOf(handDriven())
    const page = (labels?: Partial<typeof defaultLabels>): ReactNode => (
      <FluoProvider client={client} {...(labels !== undefined && { labels })}>
        <ChatThread.Default {...agent} />
      </FluoProvider>
    )
    const { rerender } = render(page({ send: 'Senden', message: 'Nachricht' }))
    expect(screen.getByRole('button', { name: 'Senden' })).toBeDefined()
    expect(screen.getByRole('textbox', { name: 'Nachricht' })).toBeDefined()
    expect(screen.getByRole('button', { name: 'Stop' })).toBeDefined()

    rerender(page())

    expect(screen.getByRole('button', { name: 'Send' })).toBeDefined()
  })

  it('takes a word that is undefined for one that was left out', () => {
    const client = clientOf(handDriven())
    const labels = { message: undefined, hint: undefined, send: 'Senden' } as object

    render(
      <FluoProvider client={client} labels={labels}>
        <ChatThread.Default {...agent} />
      </FluoProvider>,
    )

    expect(screen.getByRole('textbox', { name: 'Message' })).toBeDefined()
    expect(screen.getByRole('button', { name: 'Senden' })).toBeDefined()
  })

  it('leaves every run going when it is taken away', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const { unmount } = renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))

    unmount()
    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()

    expect(client.thread(agent).store.getState().status).toBe('ready')
  })

  it('shows the threads of another client when it is given one', async () => {
    const hand = handDriven()
    const [first, second] = [clientOf(hand), clientOf(hand)]
    const page = (client: FluoClient): ReactNode => (
      <FluoProvider client={client}>
        <ChatThread.Default {...agent} />
      </FluoProvider>
    )
    const { rerender } = render(page(first))
    act(() => void first.thread(agent).send('of the first user'))
    await hand.newest().emit(delta('secret'))

    rerender(page(second))
    act(() => first.dispose())
    await hand.newest().emit(delta(' later'))

    expect(screen.queryAllByRole('article')).toEqual([])
    expect(screen.getByText('Ask a question to begin.')).toBeDefined()
  })

  it('shows nothing of a user who has signed out (T31)', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('secret'))

    await act(() => client.wipe())

    expect(screen.queryAllByRole('article')).toEqual([])
    expect(newest().signal.aborted).toBe(true)
  })
})

describe('the callbacks of a client', () => {
  function spies() {
    return {
      onEvent: vi.fn<(event: FluoEvent, thread: Thread) => void>(),
      onThread: vi.fn<(thread: Thread, threadRef: string) => void>(),
      onRunEnd: vi.fn<(run: Run, thread: Thread) => void>(),
      onError: vi.fn<(error: FluoError, thread: Thread) => void>(),
    }
  }

  it('hear of events, the reference and the end of a run', async () => {
    const callbacks = spies()
    const { transport, newest } = handDriven()
    const client = clientOf({ transport, ...callbacks })
    renderWith(client, <ChatThread.Default {...agent} />)
    const thread = client.thread(agent)
    act(() => void thread.send('Hi'))

    await newest().emit({ type: 'run_start', threadRef: 'sealed' })
    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()

    expect(callbacks.onEvent.mock.calls.map(([event]) => event.type)).toEqual([
      'run_start',
      'message_delta',
      'message_final',
    ])
    expect(callbacks.onThread.mock.calls).toEqual([[thread, 'sealed']])
    expect(callbacks.onRunEnd).toHaveBeenCalledTimes(1)
    expect(callbacks.onRunEnd.mock.calls[0]?.[0].end).toBe('done')
    expect(callbacks.onError).not.toHaveBeenCalled()
    expect(callbacks.onEvent.mock.calls.every(([, owner]) => owner === thread)).toBe(true)
  })

  it('hear of an error once', async () => {
    const callbacks = spies()
    const { transport, newest } = handDriven()
    const client = clientOf({ transport, ...callbacks })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))

    await newest().fail({ code: 'forbidden', status: 403 })

    expect(callbacks.onError.mock.calls).toEqual([
      [{ code: 'forbidden', status: 403 }, client.thread(agent)],
    ])
    expect(callbacks.onRunEnd.mock.calls[0]?.[0].end).toBe('failed')
  })
})

describe('thread.store', () => {
  it('is read with the useStore of zustand: deltas and tool calls', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const thread = client.thread(agent)
    const seen: string[] = []
    function Reader(): ReactNode {
      const run = useStore(thread.store, (state) => state.turns.at(-1)?.runs.at(-1))
      const calls = run?.messages
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (part.type === 'tool-call' ? [`${part.name} ${part.status}`] : []))
      const text = `${run === undefined ? '' : textOf(run)}|${calls?.join() ?? ''}`
      seen.push(text)
      return <output>{text}</output>
    }
    render(<Reader />)

    act(() => void thread.send('Hi'))
    await newest().emit({ type: 'tool_start', name: 'sum' })
    await newest().emit({ type: 'tool_end', name: 'sum' })
    await newest().emit(delta('So '))
    await newest().emit(delta('three'))

    expect(seen.filter((text, index) => text !== seen[index - 1])).toEqual([
      '|',
      '|sum running',
      '|sum done',
      'So |sum done',
      'So three|sum done',
    ])
  })
})

describe('useThread', () => {
  it('is the thread of the root above, or of its own options, and never re-renders', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const seen: Thread[] = []
    function Reader(): ReactNode {
      seen.push(useThread(), useThread({ ...agent, threadKey: 'other' }))
      return null
    }
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <Reader />
      </ChatThread.Root>,
    )

    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('x'))

    expect(seen).toEqual([client.thread(agent), client.thread({ ...agent, threadKey: 'other' })])
    expect(seen[0]).toBe(client.thread(agent))
  })

  it('needs no provider inside a root that was given its thread', () => {
    const client = clientOf(handDriven())
    render(
      <ChatThread.Root thread={client.thread(agent)}>
        <ChatThread.Empty />
      </ChatThread.Root>,
    )

    expect(screen.getByText('Ask a question to begin.')).toBeDefined()
  })

  it.each([
    ['useThread()', () => useThread(), /useThread\(\) without options needs <ChatThread.Root>.*\./],
    ['useThreadState', () => useThreadState(() => 1), /needs <ChatThread.Root> above it/],
    ['useFluoClient', () => useFluoClient(), /useFluoClient\(\) needs <FluoProvider> above it/],
    ['useFluoThread', () => useFluoThread(agent), /needs <FluoProvider> above it/],
  ])('throws where there is none, and so does %s: what, why and how', (_, useIt, message) => {
    function Lost(): ReactNode {
      useIt()
      return null
    }

    expect(messageOf(<Lost />)).toMatch(message)
    expect(messageOf(<Lost />)).toMatch(/, (which|whose) .*\. Put /)
  })
})

describe('ChatThread.Error', () => {
  it.each(Object.entries(defaultLabels.errors))('has one sentence for "%s"', async (code, text) => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))

    await newest().fail({ code: code as FluoError['code'], detail: 'upstream says so' })

    const error = errorShown()
    expect(error?.textContent).toBe(code === 'network' ? defaultLabels.notConnected : text)
    expect(error?.dataset['code']).toBe(code)
    expect(error?.dataset['end']).toBe('failed')
    expect(document.body.textContent).not.toContain('upstream says so')
  })

  it('tells a server that was never reached from an answer that was cut off', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('Hel'))

    await newest().fail({ code: 'network' })

    expect(errorShown()?.textContent).toBe(defaultLabels.errors.network)
  })

  it('says how long to wait, and says it to the eye only', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: 1_000_000 })
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().fail({ code: 'rate-limited', retryAt: 1_002_000 })
    const wait = screen.getByText('Try again in 2 s.')
    expect(wait.getAttribute('aria-hidden')).toBe('true')

    act(() => void vi.advanceTimersByTime(1000))
    expect(screen.getByText('Try again in 1 s.')).toBe(wait)
    act(() => void vi.advanceTimersByTime(1000))

    expect(errorShown()?.textContent).toBe('Too many messages at the moment.')
    vi.useRealTimers()
    await settled()
  })

  it('shows the children that it is given instead of the sentence', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Error>Oh no.</ChatThread.Error>
      </ChatThread.Root>,
    )
    expect(screen.queryByText('Oh no.')).toBeNull()
    act(() => void client.thread(agent).send('Hi'))

    await newest().fail({ code: 'network' })

    expect(errorShown()?.textContent).toBe('Oh no.')
  })
})
