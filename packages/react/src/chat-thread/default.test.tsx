import {
  memoryStorage,
  type Awaitable,
  type FluoClient,
  type FluoEvent,
  type Turn,
} from '@fluokit/core'
import { scriptedTransport, scripts, type ScriptName } from '@fluokit/testing'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, errorShown, partNamed, renderWith, settled } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, FluoProvider } from '../index.ts'

const agent = { agentId: 'agent' }

async function ask(script: ScriptName): Promise<FluoClient> {
  const { transport } = scriptedTransport(scripts[script], { speed: Infinity })
  const client = clientOf({ transport })
  renderWith(client, <ChatThread.Default {...agent} />)
  const input = screen.getByRole('textbox', { name: 'Message' })
  fireEvent.change(input, { target: { value: 'What is 17 times 23?' } })
  fireEvent.keyDown(input, { key: 'Enter' })
  await waitFor(() => expect(client.thread(agent).store.getState().status).toMatch(/ready|error/))
  return client
}

const log = () => within(screen.getByRole('log', { name: 'Conversation' }))

/** What a message says and how it ended, without its heading and what can be done with it. */
const textIn = (article: HTMLElement): string =>
  [...article.querySelectorAll('[data-part="message-content"], [data-part="message-status"]')]
    .map(({ textContent }) => textContent)
    .join('')
const articles = (): string[] =>
  log()
    .getAllByRole('article')
    .map((article) => `${article.getAttribute('aria-label')?.split(',')[0]}: ${textIn(article)}`)

describe('ChatThread.Default', () => {
  it('answers a question in the log, under the names of who speaks', async () => {
    await ask('greeting')

    expect(articles()).toEqual([
      'You: What is 17 times 23?',
      'Assistant: Hello! I am a scripted agent. Ask me anything and I will say this again.',
    ])
  })

  it('invites to ask while there is nothing', async () => {
    renderWith(clientOf(handDriven()), <ChatThread.Default {...agent} />)
    expect(log().getByText('Ask a question to begin.')).toBeDefined()
    expect(errorShown()).toBeNull()
    expect(partNamed('chat-thread-status')?.textContent).toBe('')
  })

  it('shows thinking, and a tool call with name, status, input and output', async () => {
    await ask('thinkingAndTool')

    const thought = screen.getByRole('button', { name: 'Thought' })
    expect(thought.getAttribute('aria-expanded')).toBe('false')
    const panel = document.getElementById(thought.getAttribute('aria-controls') ?? '')
    expect(panel?.hidden).toBe(true)
    expect(panel?.textContent).toBe('The question needs a product. I will use the calculator.')
    expect(screen.getByRole('button', { name: /^calculator done \d/ })).toBeDefined()
    expect(screen.getByLabelText('Input').textContent).toBe('{\n  "expression": "17 * 23"\n}')
    expect(screen.getByLabelText('Output').textContent).toBe('{\n  "value": 391\n}')
    expect(screen.getByText('17 times 23 is 391.')).toBeDefined()
  })

  it('shows what a tool said when it failed, and no output', async () => {
    await ask('toolFails')

    expect(screen.getByText('Division by zero')).toBeDefined()
    expect(screen.getByRole('button', { name: /^calculator failed \d/ })).toBeDefined()
    expect(screen.queryByLabelText('Output')).toBeNull()
  })

  it('shows a tool call that never ended as unfinished', async () => {
    await ask('toolUnfinished')

    expect(screen.getByRole('button', { name: 'search unfinished' })).toBeDefined()
    expect(errorShown()).not.toBeNull()
  })

  it('keeps an event that nobody knows, with its raw text', async () => {
    await ask('unknownEvent')

    expect(screen.getByText('Unknown event “citation”')).toBeDefined()
    expect(screen.getByText('{"source":"policy-a.pdf","page":4}')).toBeDefined()
    expect(screen.getByText('The first policy says so on page 4.')).toBeDefined()
  })

  it.each<ScriptName>(['nothing', 'serverError', 'unauthorized', 'threadGone', 'rateLimited'])(
    'shows the question once, one sentence and Retry after "%s"',
    async (script) => {
      await ask(script)

      expect(screen.getAllByText(/What is 17 times 23/)).toHaveLength(1)
      expect(screen.getByRole('textbox')).toHaveProperty('value', '')
      expect(errorShown()?.textContent).toMatch(/./)
      expect(screen.getByRole('button', { name: 'Retry' })).toBeDefined()
      expect(document.body.textContent).not.toMatch(/API key|Thread not found|Server Error/)
    },
  )

  it.each<[ScriptName, string]>([
    ['errorEvent', 'I was about to say'],
    ['interrupted', 'This answer ends in the middle of a'],
    ['reset', 'This connection breaks in the middle of a'],
  ])('keeps the text that came before "%s"', async (script, text) => {
    await ask(script)

    expect(articles()).toEqual(['You: What is 17 times 23?', `Assistant: ${text}`])
    expect(errorShown()?.textContent).toMatch(/./)
  })

  it('says how an answer ended once the error has gone', async () => {
    const client = await ask('interrupted')
    expect(screen.queryByText('The answer was cut off.')).toBeNull()

    act(() => client.thread(agent).clearError())

    expect(errorShown()).toBeNull()
    expect(screen.getByText('The answer was cut off.')).toBeDefined()
  })

  it('says that an answer was stopped, under its text', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('partial'))

    act(() => screen.getByRole('button', { name: 'Stop' }).click())

    expect(articles()).toEqual(['You: Hi', 'Assistant: partialStopped.'])
    expect(errorShown()).toBeNull()
  })

  it('says what it is doing in its status, and nothing when it is done', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    const status = partNamed('chat-thread-status')

    act(() => void client.thread(agent).send('Hi'))
    expect(status?.textContent).toBe('Connecting…')
    await newest().emit(delta('Hello'))
    expect(status?.textContent).toBe('Answering…')
    await newest().emit(final('Hello'))
    await newest().end()

    expect(status?.textContent).toBe('')
    expect(partNamed('chat-thread-status')).toBe(status)
  })

  it('answers a retry in the same turn and takes the error away at once', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().fail({ code: 'network' })
    const user = userEvent.setup()

    await user.dblClick(screen.getByRole('button', { name: 'Retry' }))
    expect(errorShown()).toBeNull()
    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()

    expect(articles()).toEqual(['You: Hi', 'Assistant: Hello'])
    expect(runs).toHaveLength(2)
    expect(runs[0]?.request.runId).not.toBe(runs[1]?.request.runId)
  })

  it('begins a new thread with Retry where the thread is gone (F68)', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, <ChatThread.Default {...agent} threadRef="gone" />)
    act(() => void client.thread(agent).send('Hi'))
    await newest().fail({ code: 'thread-gone' })

    act(() => screen.getByRole('button', { name: 'Retry' }).click())

    expect(runs.map(({ request }) => request.threadRef)).toEqual(['gone', null])
  })
})

const failedRecord = JSON.stringify({
  version: 1,
  id: 'record',
  agentId: 'agent',
  threadKey: 'current',
  threadRef: 'sealed',
  title: null,
  updatedAt: 1,
  draft: null,
  open: {
    turnId: 'turn',
    input: { query: 'asked before' },
    sentAt: 1,
    run: { runId: 'run', agentId: 'agent', after: null },
    isAccepted: false,
    end: 'failed',
    error: { code: 'upstream' },
  },
})
const earlier: readonly Turn[] = [
  {
    id: 'earlier',
    input: { query: 'an earlier question' },
    sentAt: 0,
    runs: [
      {
        id: 'earlier-run',
        end: 'done',
        error: null,
        messages: [
          {
            id: 'earlier-run:0',
            isFinal: true,
            parts: [
              { type: 'thinking', id: 'p0', chunks: ['hmm'] },
              { type: 'tool-call', id: 'p1', name: 'sum', status: 'done', input: {}, output: 3 },
              { type: 'text', id: 'p2', chunks: ['one\n', '\n', 'two\n'] },
              { type: 'unknown', id: 'p3', event: 'x', raw: 'raw' },
            ],
          },
        ],
      },
    ],
  },
]

function storageWith(record: string | null) {
  const storage = memoryStorage()
  if (record !== null) void storage.write('fluo:v1:guest:agent:current', record)
  return {
    ...storage,
    read: vi.fn<(key: string) => Awaitable<string | null>>((key) => storage.read(key)),
    write: vi.fn<(key: string, value: string) => Awaitable<void>>((key, value) =>
      storage.write(key, value),
    ),
  }
}

function pageWith(html: string): HTMLElement {
  const container = document.createElement('div')
  document.body.append(container)
  container.innerHTML = html
  return container
}

describe('ChatThread.Default on a server', () => {
  it.each([
    ['nothing', null, undefined],
    ['a failed turn', failedRecord, undefined],
    ['earlier turns', null, earlier],
  ])('renders and hydrates with %s stored (F52)', async (_, record, initialTurns) => {
    const options = { ...agent, ...(initialTurns !== undefined && { initialTurns }) }
    const page = (client: FluoClient): ReactNode => (
      <StrictMode>
        <FluoProvider client={client}>
          <ChatThread.Default {...options} />
        </FluoProvider>
      </StrictMode>
    )
    const server = handDriven()
    const serverStorage = storageWith(record)
    const html = renderToString(page(clientOf({ ...server, storage: serverStorage })))
    expect(serverStorage.read).not.toHaveBeenCalled()
    expect(serverStorage.write).not.toHaveBeenCalled()
    expect(server.runs).toHaveLength(0)
    expect(html).not.toContain('asked before')

    const container = pageWith(html)
    const textarea = container.querySelector('textarea')
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport, storage: storageWith(record) })
    const recovered = vi.fn<(error: unknown) => void>()
    render(page(client), { container, hydrate: true, onRecoverableError: recovered })

    expect(recovered).not.toHaveBeenCalled()
    expect(container.querySelector('textarea')).toBe(textarea)
    expect(screen.queryAllByText('asked before')).toHaveLength(record === null ? 0 : 1)
    expect(screen.queryAllByText('an earlier question')).toHaveLength(
      initialTurns === undefined ? 0 : 1,
    )
    await userEvent.setup().type(screen.getByRole('textbox', { name: 'Message' }), 'Hi{Enter}')
    await newest().emit(delta('Hello'))
    expect(screen.getByText('Hello')).toBeDefined()
    expect(runs).toHaveLength(1)
  })

  it('hydrates a thread that has moved on since', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    const page = (
      <FluoProvider client={client}>
        <ChatThread.Default {...agent} initialTurns={earlier} />
      </FluoProvider>
    )
    const html = renderToString(page)
    const container = pageWith(html)
    void client.thread(agent).send('Hi')
    await newest().emit(delta('Hello'))

    const recovered = vi.fn<(error: unknown) => void>()
    render(page, { container, hydrate: true, onRecoverableError: recovered })
    await settled()

    expect(recovered).not.toHaveBeenCalled()
    expect(articles().at(-1)).toBe('Assistant: Hello')
  })
})

describe('ChatThread.Default after a reload', () => {
  const answered: readonly FluoEvent[] = [
    { type: 'run_start', threadRef: 'sealed-1' },
    delta('Hello'),
    final('Hello'),
  ]

  it('continues the thread', async () => {
    const storage = memoryStorage()
    const first = handDriven()
    const { unmount } = renderWith(
      clientOf({ ...first, storage }),
      <ChatThread.Default {...agent} />,
    )
    const user = userEvent.setup()
    await user.type(screen.getByRole('textbox'), 'One{Enter}')
    await first.newest().emit(...answered)
    await first.newest().end()
    unmount()

    const second = handDriven()
    renderWith(clientOf({ ...second, storage }), <ChatThread.Default {...agent} />)
    await user.type(screen.getByRole('textbox'), 'Two{Enter}')

    expect(first.newest().request.threadRef).toBeNull()
    expect(second.newest().request.threadRef).toBe('sealed-1')
  })

  it('continues it also when the page is left in the middle of an answer', async () => {
    const storage = memoryStorage()
    const first = handDriven()
    renderWith(clientOf({ ...first, storage }), <ChatThread.Default {...agent} />).unmount()
    const client = clientOf({ ...first, storage })
    void client.thread(agent).send('One')
    await first.newest().emit({ type: 'run_start', threadRef: 'sealed-1' })
    client.dispose()

    const second = handDriven()
    renderWith(clientOf({ ...second, storage }), <ChatThread.Default {...agent} />)
    expect(articles()[0]).toBe('You: One')
    expect(errorShown()).not.toBeNull()
    await userEvent.setup().click(screen.getByRole('button', { name: 'Retry' }))

    expect(second.newest().request).toMatchObject({
      threadRef: 'sealed-1',
      input: { query: 'One' },
    })
  })

  it('waits with a send for a storage that is slow, and starts no second thread', async () => {
    const storage = storageWith(failedRecord)
    let answer = (): void => undefined
    const slow = {
      ...storage,
      read: (key: string) =>
        new Promise<string | null>((resolve) => {
          answer = () => resolve(storage.read(key))
        }),
    }
    const { transport, runs } = handDriven()
    renderWith(clientOf({ transport, storage: slow }), <ChatThread.Default {...agent} />)
    expect(screen.queryByText('Ask a question to begin.')).toBeNull()

    await userEvent.setup().type(screen.getByRole('textbox'), 'early{Enter}')
    expect(runs).toHaveLength(0)
    answer()
    await settled()

    expect(runs.map(({ request }) => request.threadRef)).toEqual(['sealed'])
    expect(screen.getAllByText('early')).toHaveLength(1)
    expect(screen.getAllByText('asked before')).toHaveLength(1)
  })

  it('shows a failed send exactly once, with a Retry that works', async () => {
    const storage = memoryStorage()
    const first = handDriven()
    const { unmount } = renderWith(
      clientOf({ ...first, storage }),
      <ChatThread.Default {...agent} />,
    )
    await userEvent.setup().type(screen.getByRole('textbox'), 'precious{Enter}')
    await first.newest().fail({ code: 'unauthorized' })
    expect(screen.getAllByText('precious')).toHaveLength(1)
    unmount()

    const second = handDriven()
    renderWith(clientOf({ ...second, storage }), <ChatThread.Default {...agent} />)
    expect(screen.getAllByText('precious')).toHaveLength(1)
    expect(screen.getByRole('textbox')).toHaveProperty('value', '')
    expect(errorShown()?.textContent).toBe('Please sign in again.')
    await userEvent.setup().click(screen.getByRole('button', { name: 'Retry' }))
    await second.newest().emit(...answered)
    await second.newest().end()

    expect(second.runs.map(({ request }) => request.input.query)).toEqual(['precious'])
    expect(articles()).toEqual(['You: precious', 'Assistant: Hello'])
  })

  it('says so where nobody knows whether the question was answered', async () => {
    const storage = memoryStorage()
    const first = handDriven()
    const client = clientOf({ ...first, storage })
    void client.thread(agent).send('precious')
    client.dispose()

    renderWith(clientOf({ ...handDriven(), storage }), <ChatThread.Default {...agent} />)

    expect(errorShown()?.textContent).toMatch(/may or may not have been answered/)
    expect(errorShown()?.dataset['end']).toBe('unknown')
    expect(screen.getAllByText('precious')).toHaveLength(1)
  })

  it('shows a failed turn after the earlier turns it came after', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport, storage: storageWith(failedRecord) })
    renderWith(client, <ChatThread.Default {...agent} initialTurns={earlier} />)

    expect(articles().filter((article) => article.startsWith('You'))).toEqual([
      'You: an earlier question',
      'You: asked before',
    ])
    await userEvent.setup().click(screen.getByRole('button', { name: 'Retry' }))
    expect(newest().request.input).toEqual({ query: 'asked before' })
  })
})
