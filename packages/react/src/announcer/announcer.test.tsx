import { memoryStorage, memoryTranscripts, type Turn } from '@fluokit/core'
import { act, cleanup, render, screen } from '@testing-library/react'
import { useEffect, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { listen, pass, region } from '../../test/listen.tsx'
import { ChatThread, FluoProvider, useThread } from '../index.ts'

const answering = 'The assistant is answering.'
const done = 'The answer is complete.'
const calculate = { type: 'tool_start', callId: 'call_1', name: 'calculator', input: {} } as const
const calculated = { type: 'tool_end', callId: 'call_1', output: 391 } as const

const history: readonly Turn[] = [
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
              { type: 'tool-call', id: 'p1', name: 'sum', status: 'done', input: {}, output: 3 },
              { type: 'text', id: 'p2', chunks: ['one\n', 'two'] },
            ],
          },
        ],
      },
    ],
  },
]
const failedRecord = JSON.stringify({
  version: 1,
  id: 'record',
  agentId: 'agent',
  threadKey: 'current',
  updatedAt: 1,
  open: {
    turnId: 'turn',
    input: { query: 'asked before' },
    sentAt: 1,
    run: { runId: 'run', agentId: 'agent' },
    end: 'failed',
    error: { code: 'upstream' },
  },
})

const openRecord = failedRecord.replace('"failed"', 'null')

function rememberingFailure() {
  const storage = memoryStorage()
  void storage.write('fluo:v1:guest:agent:current', failedRecord)
  return clientOf({ ...handDriven(), storage })
}

describe('ChatThread.Root, to a screen reader', () => {
  it('has a log with a name that is not live, and two empty regions that are (A11y 1)', () => {
    listen({ children: <ChatThread.Viewport /> })

    const log = screen.getByRole('log', { name: 'Conversation' })
    expect(log.getAttribute('aria-live')).toBe('off')
    expect(region('polite').getAttribute('role')).toBeNull()
    expect(region('assertive').getAttribute('aria-live')).toBeNull()
    const live = document.querySelectorAll(
      '[aria-live=polite],[aria-live=assertive],[role=alert],[role=status]',
    )
    expect([...live]).toEqual([region('polite'), region('assertive')])
    expect(document.querySelector('[data-part=chat-thread-announcer]')?.textContent).toBe('')
  })

  it('speaks the language that the root names', () => {
    renderWith(clientOf(handDriven()), <ChatThread.Root agentId="agent" lang="de" />)

    const announcer = document.querySelector<HTMLElement>('[data-part=chat-thread-announcer]')
    expect(announcer?.lang).toBe('de')
  })

  it('writes nothing for 500 deltas, and the answer at the end (A11y 2)', async () => {
    const { ask, emit, end, heard, writes } = listen()
    await ask()
    await pass(12_000)
    expect(heard).toEqual([answering])
    const before = writes()

    for (let index = 0; index < 500; index += 1) await emit(delta(`word ${index}. `))
    await pass(12_000)
    expect(writes()).toBe(before)

    await emit({ type: 'message_final' })
    await end()
    await pass(1000)
    expect(heard).toHaveLength(2)
  })

  it('says a finished answer exactly once, in StrictMode too (A11y 3)', async () => {
    const { ask, emit, end, heard } = listen({ isStrict: true })
    await ask()
    await emit(delta('17 times 23 '), delta('is 391.'))

    await emit(final('17 times 23 is 391.'))
    await pass(20_000)
    await end()
    await pass(20_000)

    expect(heard).toEqual(['Answer: 17 times 23 is 391.'])
  })

  it('stands in the page before the first event, on a server too, and is never display:none (A11y 4)', async () => {
    const client = clientOf(handDriven())
    const root = (
      <FluoProvider client={client}>
        <ChatThread.Root agentId="agent" hidden />
      </FluoProvider>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(root)
    document.body.append(container)
    const polite = region('polite')
    render(root, { container, hydrate: true })

    expect(region('polite')).toBe(polite)
    expect(screen.getByRole('alert')).toBe(region('assertive'))
    for (let node = polite; node !== container; node = node.parentElement ?? container) {
      expect(node.hidden).toBe(false)
      expect(getComputedStyle(node).display).toBe('block')
      expect(getComputedStyle(node).visibility).not.toBe('hidden')
    }
    expect(
      document.querySelector('[data-part=chat-thread-announcer]')?.previousElementSibling,
    ).toBe(document.querySelector('[data-part=chat-thread-root]'))
  })

  it('clears a text before it says the same again (A11y 5)', async () => {
    const { ask, emit, end, heard, writes } = listen()
    for (let turn = 0; turn < 2; turn += 1) {
      await ask()
      await emit(final('Yes.'))
      await end()
      await pass(600)
    }

    expect(heard).toEqual(['Answer: Yes.', 'Answer: Yes.'])
    expect(writes()).toBe(3)
  })

  it('says a failure at once, once, in a sentence for people (A11y 6)', async () => {
    const { ask, emit, fail, heard, thread, runs } = listen()
    await ask()
    await emit({ type: 'run_start', threadRef: 'sealed-1' }, delta('The first '))

    await fail({ code: 'upstream', detail: 'stack trace', requestId: 'req_1' })
    await pass(20_000)
    act(() => thread().clearError())
    await pass(20_000)

    expect(heard).toEqual(['alert: The assistant had a problem.'])
    expect(heard.join()).not.toMatch(/stack|req_1|sealed/)
    expect(heard.join()).not.toContain(runs[0]?.request.runId)
  })

  it.each([
    [{ code: 'network' }, 'alert: The server could not be reached.'],
    [{ code: 'unauthorized' }, 'alert: Please sign in again.'],
    [
      { code: 'rate-limited', retryAt: 1_060_000 },
      'alert: Too many messages at the moment. Try again in 60 s.',
    ],
  ] as const)(
    'says of %o what ChatThread.Error shows, a countdown once (A11y 6)',
    async (error, sentence) => {
      const { ask, fail, heard } = listen({ children: <ChatThread.Error data-testid="error" /> })
      await ask()

      await fail(error)
      const shown = screen.getByTestId('error').textContent
      await pass(20_000)

      expect(heard).toEqual([sentence])
      expect(heard).toEqual([`alert: ${shown}`])
    },
  )

  it('says that an answer was stopped, and nothing more of it (A11y 7)', async () => {
    const { ask, emit, heard, thread } = listen()
    await ask()
    await emit(delta('This would have gone on'))

    await act(() => thread().stop())
    await pass(20_000)

    expect(heard).toEqual(['Stopped.'])
  })

  it('says a tool at most once a run, and not that it failed (A11y 8)', async () => {
    const { ask, emit, end, heard, moments } = listen()
    await ask()
    await emit(
      calculate,
      { ...calculate, callId: 'call_2' },
      { ...calculate, callId: 'call_3', name: 'search' },
    )
    await emit({ ...calculated, error: 'overflow' }, calculated)
    await emit({ ...calculate, callId: 'call_4' }, { ...calculated, callId: 'call_4' })
    await emit({ ...calculated, callId: 'call_2' }, { ...calculated, callId: 'call_3' })
    await emit(final('391.'))
    await end()
    await pass(20_000)

    expect(heard).toEqual(['Using calculator.', 'Using search.', 'Answer: 391.'])
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500)
  })

  it('says a tool again in the next run, and one without a name by the word for it (A11y 8)', async () => {
    const { ask, emit, end, heard } = listen({ announce: 'status' })
    for (const start of [calculate, calculate, { type: 'tool_start' } as const]) {
      await ask()
      await emit(start, { type: 'tool_end' }, final('391.'))
      await end()
      await pass(5000)
    }

    expect(heard).toEqual([
      'Using calculator.',
      done,
      'Using calculator.',
      done,
      'Using Tool.',
      done,
    ])
  })

  it.each(['final', 'sentences', 'status'] as const)(
    'says nothing of history in mode %s (A11y 9)',
    async (announce) => {
      const { writes, heard } = listen({ announce, initialTurns: history })
      await pass(20_000)
      cleanup()
      const restored = listen({
        announce,
        client: rememberingFailure(),
        children: <ChatThread.Error data-testid="error" />,
      })
      expect(screen.getByTestId('error')).toBeDefined()
      await pass(20_000)

      expect(heard).toEqual([])
      expect(restored.heard).toEqual([])
      expect(writes() + restored.writes()).toBe(0)
    },
  )

  it('forgets what it was about to say when the thread changes (A11y 10)', async () => {
    const { ask, emit, end, heard, show } = listen()
    await ask()
    await emit(calculate, calculated, final('391.'))
    await end()

    show('another')
    await pass(20_000)

    expect(heard).toEqual([])
    expect(region('polite').textContent).toBe('')
    await ask('another')
    await emit(final('Hello.'))
    await end()
    await pass(200)
    expect(heard).toEqual(['Answer: Hello.'])
  })

  it('takes away what it has said when the conversation is reset (A11y 10)', async () => {
    const { ask, emit, end, thread } = listen()
    await ask()
    await emit(final('391.'))
    await end()
    await pass(200)
    expect(region('polite').textContent).toBe('Answer: 391.')

    act(() => thread().reset())

    expect(region('polite').textContent).toBe('')
  })
})

describe('ChatThread.Root, while an answer is awaited', () => {
  it('says after a second that it comes, and once', async () => {
    const { ask, emit, heard } = listen()
    await ask()
    await pass(990)
    expect(heard).toEqual([])
    await pass(200)
    expect(heard).toEqual([answering])
    await emit(delta('Hel'))
    await pass(20_000)

    expect(heard).toEqual([answering])
  })

  it('leaves no text behind for somebody to come upon', async () => {
    const { ask } = listen()
    await ask()
    await pass(1200)
    expect(region('polite').textContent).toBe(answering)

    await pass(10_000)

    expect(region('polite').textContent).toBe('')
  })

  it('leaves no timer when it goes in the middle of a run', async () => {
    const { ask, emit, unmount } = listen()
    const before = vi.getTimerCount()
    await ask()
    await emit(calculate)
    expect(vi.getTimerCount()).toBeGreaterThan(before + 1)

    unmount()

    expect(vi.getTimerCount()).toBe(before + 1) // the run's own, which goes on
  })

  it('goes on where a later mount finds the run open, and says the answer', async () => {
    const { ask, emit, end, client, unmount, heard } = listen()
    await ask()
    await pass(1200)
    await emit(delta('17 times 23 '), calculate, calculated)
    unmount()
    const later = listen({ client })
    await pass(20_000)
    expect(later.heard).toEqual([])

    await emit(final('17 times 23 is 391.'))
    await end()
    await pass(20_000)

    expect(heard).toEqual([answering])
    expect(later.heard).toEqual(['Answer: 17 times 23 is 391.'])
  })

  it('knows what was said before a later mount when a quiet run goes on', async () => {
    const first = listen({ labels: { announceTool: () => '' } })
    await first.ask()
    await first.emit(final('391.'))
    await pass(5000)
    first.unmount()
    const later = listen({ client: first.client })

    await first.emit(calculate, calculated)
    await first.emit({ type: 'message_final' })
    await pass(5000)
    expect(later.heard).toEqual(['Using calculator.'])
    await first.emit(final('And it is a product of primes.'))
    await first.end()
    await pass(5000)

    expect(first.heard).toEqual(['Answer: 391.'])
    expect(later.heard.slice(1)).toEqual(['Answer: And it is a product of primes.'])
  })

  it('hears of a run that a child asked for as it mounted', async () => {
    function Asks(): ReactNode {
      const { send } = useThread()
      useEffect(() => void send('Hi'), [send])
      return null
    }
    const { emit, end, heard } = listen({ children: <Asks /> })
    await pass(1200)
    await emit(final('Hello.'))
    await end()
    await pass(1000)

    expect(heard).toEqual([answering, 'Answer: Hello.'])
  })
})

describe('ChatThread.Root, when an answer is there', () => {
  it('says the text of all its messages, without thinking and tools', async () => {
    const { ask, emit, end, heard } = listen({ labels: { announceTool: () => '' } })
    await ask()
    await emit({ type: 'thinking_part', text: 'I need a product.' }, delta('Let me\n\n  see.'))
    await emit(calculate, calculated, delta('391.'), final('391.'))
    await emit(delta('Anything else?'), final('Anything else?'))
    await end()
    await pass(1000)

    expect(heard).toEqual(['Answer: Let me see. 391. Anything else?'])
  })

  it('says the beginning of a long one, to a word, and where the rest is', async () => {
    const { ask, emit, end, heard } = listen()
    await ask()
    await emit(final('word '.repeat(200)))
    await end()
    await pass(1000)

    expect(heard).toEqual([
      `Answer: ${'word '.repeat(120).trim()}… The rest is in the conversation.`,
    ])
  })

  it('says it at the final when the stream stays open, and not again when it ends', async () => {
    const { ask, emit, end, heard } = listen()
    await ask()
    await emit(final('391.'))
    expect(heard).toEqual([])
    await pass(1500)
    expect(heard).toEqual(['Answer: 391.'])

    await emit({ type: 'run_start' })
    await end()
    await pass(20_000)

    expect(heard).toEqual(['Answer: 391.'])
  })

  it.each([
    ['final', ['Answer: 391.', 'Answer: And it is a product of primes.']],
    ['sentences', ['391.', 'And it is a product of primes.']],
    ['status', [done, done]],
  ] as const)(
    'says only what is new when a quiet run goes on, in mode %s',
    async (announce, said) => {
      const { ask, emit, end, heard } = listen({ announce })
      await ask()
      await emit(final('391.'))
      await pass(5000)

      await emit(final('And it is a product of primes.'))
      await end()
      await pass(20_000)

      expect(heard).toEqual(said)
    },
  )

  it('says a failure after an answer that it has said', async () => {
    const { ask, emit, heard } = listen()
    await ask()
    await emit(final('391.'))
    await pass(5000)

    await emit({ type: 'error', error: { code: 'upstream' } })
    await pass(5000)

    expect(heard).toEqual(['Answer: 391.', 'alert: The assistant had a problem.'])
  })

  it('says that it is complete when it has no text', async () => {
    const { ask, emit, end, heard } = listen({ labels: { announceTool: () => '' } })
    await ask()
    await emit(calculate, calculated, { type: 'message_final' })
    await end()
    await pass(1000)

    expect(heard).toEqual([done])
  })

  it('says every turn, and a retry like one', async () => {
    const { ask, emit, end, fail, heard, thread } = listen()
    await ask()
    await fail({ code: 'stalled' })
    await pass(1000)
    await act(async () => void thread().retry())
    await emit(final('One.'))
    await end()
    await pass(1000)
    await ask()
    await emit(final('Two.'))
    await end()
    await pass(1000)

    expect(heard).toEqual(['alert: The answer stopped arriving.', 'Answer: One.', 'Answer: Two.'])
  })

  it('says the answer of a run after which another is sent at once', async () => {
    const { ask, emit, end, heard, thread } = listen({
      children: <SendsAgain />,
    })
    await ask()
    await emit(final('One.'))
    await end()
    await emit(final('Two.'))
    await end()
    await pass(5000)

    expect(thread().store.getState().turns).toHaveLength(2)
    expect(heard).toEqual(['Answer: One.', 'Answer: Two.'])
  })

  it('uses the words of the moment, and says no empty one', async () => {
    const labels = {
      announceAnswering: '',
      announceTool: (name: string) => `Werkzeug ${name}.`,
      announceAnswer: (text: string) => `Antwort: ${text}`,
      announceRest: '',
    }
    const { ask, emit, end, heard } = listen({ labels })
    await ask()
    await pass(5000)
    await emit(calculate, calculated, final('wort '.repeat(200)))
    await end()
    await pass(5000)

    expect(heard).toEqual(['Werkzeug calculator.', `Antwort: ${'wort '.repeat(120).trim()}…`])
  })

  it('does not let an empty one hold up the next', async () => {
    const { ask, emit, end, heard } = listen({ labels: { announceTool: () => '' } })
    await ask()
    await emit(calculate, calculated, final('391.'))
    await end()
    await pass(150)

    expect(heard).toEqual(['Answer: 391.'])
  })
})

/** Sends a second turn in the news of the first one's end, before anybody else hears of it. */
function SendsAgain(): ReactNode {
  const { store, send } = useThread()
  useEffect(
    () =>
      store.subscribe(({ status, turns }) => {
        if (status === 'ready' && turns.length === 1) void send('And now?')
      }),
    [store, send],
  )
  return null
}

describe('announce', () => {
  it('"status" says that an answer is complete instead of its text', async () => {
    const { ask, emit, end, heard } = listen({ announce: 'status' })
    await ask()
    await pass(1200)
    await emit(calculate, calculated, final('391.'))
    await end()
    await pass(5000)

    expect(heard).toEqual([answering, 'Using calculator.', done])
  })

  it('"off" says nothing, of nothing', async () => {
    const { ask, emit, end, fail, writes } = listen({ announce: 'off' })
    await ask()
    await pass(5000)
    await emit(calculate, calculated, final('391.'))
    await end()
    await ask()
    await fail({ code: 'upstream' })
    await pass(20_000)

    expect(writes()).toBe(0)
  })

  it('"off" takes away what was said and what waits', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    const { rerender } = renderWith(client, <ChatThread.Root agentId="agent" />)
    await act(async () => void client.thread({ agentId: 'agent' }).send('Hi'))
    await pass(1200)
    expect(region('polite').textContent).toBe(answering)

    rerender(<ChatThread.Root agentId="agent" announce="off" />)

    expect(region('polite').textContent).toBe('')
  })

  it('"sentences" says each sentence once it is over, and what is left at the end', async () => {
    const { ask, emit, end, heard } = listen({ announce: 'sentences' })
    await ask()
    await emit(delta('The first. The sec'))
    await pass(200)
    expect(heard).toEqual(['The first.'])
    await pass(5000)
    expect(heard).toEqual(['The first.', answering])
    await emit(delta('ond. A line\n'), delta('without a mark'))
    await pass(5000)
    expect(heard.slice(2)).toEqual(['The second. A line'])

    await emit(final('The first. The second. A line\nwithout a mark'))
    await end()
    await pass(5000)

    expect(heard.slice(3)).toEqual(['without a mark'])
  })

  it('"sentences" leaves the last one standing where nothing is left at the end', async () => {
    const { ask, emit, end } = listen({ announce: 'sentences' })
    await ask()
    await emit(delta('A line.\n'))
    await emit({ type: 'message_final' })
    await end()

    await pass(5000)

    expect(region('polite').textContent).toBe('A line.')
  })

  it('"sentences" writes at most every two seconds, and loses none', async () => {
    const { ask, emit, end, heard, moments } = listen({
      announce: 'sentences',
      labels: { announceAnswering: '' },
    })
    await ask()
    const sentences = Array.from({ length: 50 }, (_, index) => `Sentence ${index}.`)
    for (const sentence of sentences) {
      await emit(delta(`${sentence} `))
      await pass(100)
    }
    await emit({ type: 'message_final' })
    await end()
    await pass(20_000)

    expect(heard.join(' ')).toBe(sentences.join(' '))
    expect(heard.length).toBeLessThan(6)
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000)
  })

  it('"sentences" says what stands before a tool call without waiting for more', async () => {
    const { ask, emit, heard } = listen({ announce: 'sentences' })
    await ask()
    await emit(delta('Let me see'))
    await emit(calculate)
    await pass(900)

    expect(heard).toEqual(['Let me see', 'Using calculator.'])
  })

  it('"sentences" says what had come of an answer that was cut off', async () => {
    const { ask, emit, fail, heard } = listen({ announce: 'sentences' })
    await ask()
    await emit(delta('One. Two is'))
    await pass(200)

    await fail({ code: 'stalled' })
    await pass(5000)

    expect(heard).toEqual(['One.', 'alert: The answer stopped arriving.', 'Two is'])
  })

  it('"sentences" loses nothing of two messages that grow by turns, nor a tool between them', async () => {
    const { ask, emit, end, heard } = listen({ announce: 'sentences' })
    const say = (messageId: string, text: string) =>
      ({ type: 'message_delta', messageId, text }) as const
    await ask()
    await emit(say('a', 'The first begins. It '))
    await emit(say('b', 'The second begins. It too '))
    await pass(5000)
    await emit(say('a', 'goes on. And ends.'))
    await emit(say('b', 'goes on. And ends here.'), calculate)
    await pass(5000)
    await emit(
      { type: 'message_final', messageId: 'a' },
      { type: 'message_final', messageId: 'b' },
      calculated,
    )
    await end()
    await pass(20_000)

    const said = heard.join(' ')
    for (const sentence of [
      'The first begins.',
      'The second begins.',
      'It goes on.',
      'And ends.',
      'It too goes on.',
      'And ends here.',
      'Using calculator.',
    ]) {
      expect(said).toContain(sentence)
      expect(said.split(sentence)).toHaveLength(2)
    }
  })

  it('"sentences" is silent once the person has stopped the answer', async () => {
    const { ask, emit, thread, heard } = listen({ announce: 'sentences' })
    await ask()
    await emit(delta('One. Two. Thr'))
    await pass(200)
    await emit(delta('ee. Four. '))

    await act(() => thread().stop())
    await pass(20_000)

    expect(heard).toEqual(['One. Two.', 'Stopped.'])
  })

  it('"sentences" begins where a later mount finds the answer', async () => {
    const first = listen({ announce: 'sentences' })
    await first.ask()
    await first.emit(delta('One. Two. '))
    first.unmount()
    const later = listen({ announce: 'sentences', client: first.client })

    await first.emit(delta('Three.'), final('One. Two. Three.'))
    await first.end()
    await pass(5000)

    expect(later.heard).toEqual(['Three.'])
  })

  it.each([
    ['sentences', ['Three.']],
    ['final', ['Answer: One. Two. Three.']],
  ] as const)(
    '"%s" says of an answer that an earlier page began what is new',
    async (mode, said) => {
      const [storage, transcripts] = [memoryStorage(), memoryTranscripts()]
      void storage.write('fluo:v1:guest:agent:current', openRecord)
      await transcripts.append('fluo:v1:guest:record', 'run', [delta('One. Two. ')], '1')
      const hand = handDriven({ canResume: true })
      const client = clientOf({ ...hand, storage, transcripts })
      const later = listen({ announce: mode, hand, client })
      await pass(3000)
      expect(later.heard).toEqual([])

      await later.emit(delta('Three.'), final('One. Two. Three.'))
      await later.end()
      await pass(5000)

      expect(later.heard).toEqual(said)
    },
  )

  it('may change in the middle of an answer', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    const { rerender } = renderWith(client, <ChatThread.Root agentId="agent" announce="status" />)
    await act(async () => void client.thread({ agentId: 'agent' }).send('Hi'))
    rerender(<ChatThread.Root agentId="agent" announce="final" />)
    await Promise.all([hand.newest().emit(final('391.')), vi.advanceTimersByTimeAsync(1)])
    await Promise.all([hand.newest().end(), vi.advanceTimersByTimeAsync(1)])
    await pass(200)

    expect(region('polite').textContent).toBe('Answer: 391.')
  })
})

describe('two ChatThread.Root on one thread', () => {
  it('say a thing once, and the second goes on when the first has gone', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    const page = (names: readonly string[]): ReactNode =>
      names.map((name) => <ChatThread.Root key={name} agentId="agent" aria-label={name} />)
    const { rerender } = renderWith(client, page(['first', 'second']))
    const heard = (): readonly string[] =>
      [...document.querySelectorAll('[aria-live=polite]')].map(({ textContent }) => textContent)
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    const during = (action: Promise<void>): Promise<void> =>
      Promise.all([action, vi.advanceTimersByTimeAsync(1)]).then(() => pass(1000))

    await during(hand.newest().emit(delta('One.'), final('One.')))
    await during(hand.newest().end())
    expect(heard()).toEqual(['Answer: One.', ''])
    act(() => void client.thread({ agentId: 'agent' }).send('Again'))
    rerender(page(['second']))
    await during(hand.newest().emit(delta('Two.'), final('Two.')))
    await during(hand.newest().end())

    expect(heard()).toEqual(['Answer: Two.'])
  })

  it('leave it to the second where the first is to say nothing', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    renderWith(
      client,
      <>
        <ChatThread.Root agentId="agent" announce="off" />
        <ChatThread.Root agentId="agent" />
      </>,
    )
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))

    await Promise.all([
      hand.newest().emit(delta('One.'), final('One.')),
      vi.advanceTimersByTimeAsync(1),
    ])
    await Promise.all([hand.newest().end(), vi.advanceTimersByTimeAsync(1)])
    await pass(1000)

    const regions = [...document.querySelectorAll('[aria-live=polite]')]
    expect(regions.map(({ textContent }) => textContent)).toEqual(['', 'Answer: One.'])
  })
})
