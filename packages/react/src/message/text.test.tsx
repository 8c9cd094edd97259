import { fold, emptyRun, type Part, type Turn } from '@fluokit/core'
import { act, cleanup, screen } from '@testing-library/react'
import fc from 'fast-check'
import { Suspense, use, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message } from '../index.ts'

const agent = { agentId: 'agent' }

/** Lines, line ends of every kind, lone surrogates, right to left, markup and what looks like nothing. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\n\n', '\r', '\r\n', '\ud83d', '\ude00', '\u202e', 'שלום', '\u2028'),
      fc.constantFrom('<b>', '&amp;', ' ', '\t', '\u00a0', '\u200b', '\ufeff', '\0'),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))

function Texts(): ReactNode {
  return (
    <ChatThread.Messages>
      {() => <Message.Parts>{() => <Message.Text data-testid="text" />}</Message.Parts>}
    </ChatThread.Messages>
  )
}

function turnWith(query: string, parts: readonly Part[]): Turn {
  const message = { id: 'run:0', parts, isFinal: true }
  return {
    id: 'turn',
    input: { query },
    sentAt: 0,
    runs: [{ id: 'run', messages: [message], end: 'done', error: null }],
  }
}

describe('Message.Text', () => {
  it('is the text that was asked and the text that was answered, to the character', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 5 }), (query, deltas) => {
        const run = deltas.reduce((before, text) => fold(before, delta(text)), emptyRun('run'))
        const parts = run.messages.flatMap((message) => message.parts)
        renderWith(
          clientOf(handDriven()),
          <ChatThread.Root {...agent} initialTurns={[turnWith(query, parts)]}>
            <Texts />
          </ChatThread.Root>,
        )

        const shown = screen.queryAllByTestId('text').map(({ textContent }) => textContent)
        expect(shown).toEqual([query, deltas.join('')].filter((text) => text !== ''))
        cleanup()
      }),
      { numRuns: 60 },
    )
  })

  it('is the text so far after each delta, wherever it was cut', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <Texts />
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))
    const text = `one\ntwo\r\n\n${'line\n'.repeat(70)}\ud83d\ude00 end`
    const cuts = [1, 3, 4, 5, 8, 9, 10, 11, 100, 361, 362, text.length]

    let from = 0
    for (const cut of cuts) {
      await newest().emit(delta(text.slice(from, cut)))
      from = cut
      expect(screen.getAllByTestId('text')[1]?.textContent).toBe(text.slice(0, cut))
    }
  })

  it('keeps the nodes of settled lines while the last one grows', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <Texts />
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('line\n'.repeat(100)), delta('tail'))
    const lines = (): readonly Element[] =>
      [...(screen.getAllByTestId('text')[1]?.querySelectorAll(':scope > div div') ?? [])].filter(
        ({ firstElementChild }) => firstElementChild === null,
      )
    const before = lines()
    expect(before).toHaveLength(101)

    await newest().emit(delta(' grows\nand another'))

    expect(lines().slice(0, 101)).toEqual(before)
    expect(
      lines()
        .slice(0, 101)
        .every((line, index) => line === before[index]),
    ).toBe(true)
    expect(lines().at(-1)?.textContent).toBe('and another')
  })

  it.each(['next part', 'next turn'])(
    'leaves its nodes as they are when the %s begins',
    async (next) => {
      const { transport, newest } = handDriven()
      const client = clientOf({ transport })
      const thread = client.thread(agent)
      renderWith(
        client,
        <ChatThread.Root {...agent}>
          <Texts />
        </ChatThread.Root>,
      )
      act(() => void thread.send('Hi'))
      await newest().emit(delta('one'))
      await newest().emit(delta(' line\ntwo\nthree'))
      const nodes = (): readonly (Node | null)[] => {
        const [, answer] = screen.getAllByTestId('text')
        return Array.from(answer?.firstElementChild?.children ?? []).map((line) => line.firstChild)
      }
      const before = nodes()
      expect(before).toHaveLength(3)

      if (next === 'next part') await newest().emit({ type: 'tool_start', callId: 'call' })
      else {
        await act(async () => {
          void thread.stop()
          void thread.send('Next')
        })
      }

      expect(nodes().map((node, index) => node === before[index])).toEqual([true, true, true])
    },
  )

  it('shows what came while what is around it waited for something else', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    let load = (): void => undefined
    const loaded = new Promise<void>((resolve) => (load = resolve))
    function Tool(): ReactNode {
      use(loaded)
      return null
    }
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>
          {() => (
            <Suspense>
              <Message.Parts>
                {({ type }) => (type === 'text' ? <Message.Text data-testid="text" /> : <Tool />)}
              </Message.Parts>
            </Suspense>
          )}
        </ChatThread.Messages>
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('one'))

    await newest().emit(delta(' two'), { type: 'tool_start', callId: 'call' })
    await act(async () => load())

    expect(screen.getAllByTestId('text')[1]?.textContent).toBe('one two')
  })

  it('keeps the line ends of a text, and lets its direction follow its words', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root {...agent} initialTurns={[turnWith('a\n  b', [])]}>
        <Texts />
      </ChatThread.Root>,
    )
    const text = screen.getByTestId('text')

    expect(text.style.whiteSpace).toBe('pre-wrap')
    expect(text.dir).toBe('auto')
  })

  it('lets question and answer each run as their words do, and names their language (A11y 29)', () => {
    const answer: Part = { type: 'text', id: 'answer', chunks: ['Hello'] }
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root {...agent} lang="en" initialTurns={[turnWith('שלום', [answer])]}>
        <ChatThread.Messages>
          {({ role }) => (
            <Message.Root lang={role === 'user' ? 'he' : 'en'}>
              <Message.Parts>{() => <Message.Text data-testid="text" />}</Message.Parts>
            </Message.Root>
          )}
        </ChatThread.Messages>
      </ChatThread.Root>,
    )

    const texts = screen.getAllByTestId('text')
    expect(texts.map(({ textContent, dir }) => [textContent, dir])).toEqual([
      ['שלום', 'auto'],
      ['Hello', 'auto'],
    ])
    const messages = screen.getAllByRole('article')
    expect(messages.map((message) => message.lang)).toEqual(['he', 'en'])
    expect(document.querySelector('section')?.lang).toBe('en')
  })
})
