import { act } from '@testing-library/react'
import { ChatThread, Composer, Message, Thinking } from '../src/index.ts'
import { Markdown, type MarkdownTextProps } from '../src/markdown/index.ts'
import { clientOf, partNamed, renderWith } from './chat.tsx'
import { delta, final, handDriven } from './hand-driven.ts'

const agent = { agentId: 'agent' }

/** What makes an answer grow, and end with its whole text. */
export interface MarkdownChat {
  readonly say: (text: string) => Promise<void>
  readonly think: (text: string) => Promise<void>
  readonly end: (text: string) => Promise<void>
}

/** A chat whose answer is Markdown, and what makes it grow. */
export function markdownChat(props: MarkdownTextProps = {}): MarkdownChat {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Viewport>
        <ChatThread.Messages>
          {({ role }) => (
            <Message.Root>
              <Message.Parts>
                {({ type }) =>
                  role === 'user' ? (
                    <Message.Text />
                  ) : type === 'thinking' ? (
                    <Thinking.Root>
                      <Thinking.Panel>
                        <Markdown.Text {...props} />
                      </Thinking.Panel>
                    </Thinking.Root>
                  ) : (
                    <Markdown.Text {...props} />
                  )
                }
              </Message.Parts>
              <Message.Actions>
                <Message.Copy />
              </Message.Actions>
            </Message.Root>
          )}
        </ChatThread.Messages>
      </ChatThread.Viewport>
      <Composer.Root>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  return {
    say: (text: string) => hand.newest().emit(delta(text)),
    think: (text: string) => hand.newest().emit({ type: 'thinking_part', text }),
    async end(text: string) {
      await hand.newest().emit(final(text))
      await hand.newest().end()
    },
  }
}

/** The answer whole, as it stands on the page. */
export async function shownMarkdown(
  text: string,
  props: MarkdownTextProps = {},
): Promise<HTMLElement> {
  await markdownChat(props).end(text)
  const element = partNamed('markdown-text')
  if (element === null) throw new Error('No Markdown is shown.')
  return element
}
