import { textOf, type FluoEvent, type Part } from '@fluokit/core'
import { act, cleanup } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message } from '../index.ts'
import { Markdown } from '../markdown/index.ts'

const agent = { agentId: 'agent' }

const text = fc.stringMatching(/^[ab\n]{0,6}$/)
const callId = fc.constantFrom('c1', 'c2')

const event: fc.Arbitrary<FluoEvent> = fc.oneof(
  { weight: 6, arbitrary: text.map((words) => ({ type: 'message_delta', text: words }) as const) },
  fc.record({
    type: fc.constantFrom('message_delta', 'message_final', 'thinking_part'),
    text,
    mode: fc.constantFrom('append', 'replace'),
    messageId: fc.constantFrom('m0', 'm1', 'm2'),
  }),
  text.map((words) => ({ type: 'thinking_part', text: words }) as const),
  text.map((words) => ({ type: 'message_final', text: words }) as const),
  fc.record({ type: fc.constantFrom('tool_start', 'tool_end'), callId }),
  fc.constant({ type: 'unknown', event: 'odd', raw: '{}' } as const),
)

/** Reads of the network with some events each, or a stop. */
const step = fc.oneof(
  { weight: 9, arbitrary: fc.array(event, { minLength: 1, maxLength: 4 }) },
  fc.constant('stop' as const),
)

const wordsOf = (part: Part): string => ('chunks' in part ? textOf(part) : part.type)

describe('What stands on the page', () => {
  it('is what the thread holds after each frame, whether the kit shows it or the app reads it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const hand = handDriven()
        const client = clientOf(hand)
        const thread = client.thread(agent)
        const { getByTestId } = renderWith(
          client,
          <ChatThread.Root {...agent}>
            <div data-testid="kit">
              <ChatThread.Messages>
                {() => (
                  <Message.Parts>
                    {(part) => ('chunks' in part ? <Message.Text /> : part.type)}
                  </Message.Parts>
                )}
              </ChatThread.Messages>
            </div>
            <div data-testid="app">
              <ChatThread.Messages>
                {() => <Message.Parts>{wordsOf}</Message.Parts>}
              </ChatThread.Messages>
            </div>
            <div data-testid="markdown">
              <ChatThread.Messages>
                {() => (
                  <Message.Parts>
                    {(part) => ('chunks' in part ? <Markdown.Text /> : part.type)}
                  </Message.Parts>
                )}
              </ChatThread.Messages>
            </div>
          </ChatThread.Root>,
        )
        const ask = (): void => act(() => void thread.send('ask'))
        const held = (): string =>
          thread.store
            .getState()
            .turns.flatMap(({ input, runs }) => [
              input.query,
              ...runs.flatMap(({ messages }) =>
                messages.flatMap(({ parts }) => parts.map(wordsOf)),
              ),
            ])
            .join('')

        ask()
        for (const one of steps) {
          if (one === 'stop') {
            await act(() => thread.stop())
            ask()
          } else await hand.newest().emit(...one)
          expect(getByTestId('kit').textContent).toBe(held())
          expect(getByTestId('app').textContent).toBe(held())
          expect(letters(getByTestId('markdown').textContent)).toBe(letters(held()))
        }
        await hand.newest().end()
        expect(getByTestId('kit').textContent).toBe(held())
        expect(getByTestId('app').textContent).toBe(held())
        cleanup()
        client.dispose()
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

function letters(words: string): string {
  return words.replace(/\s/g, '')
}
