import { storyAgent } from '@fluokit/testing/storybook'
import type { ReactNode } from 'react'
import { waitFor, within } from 'storybook/test'
import {
  ChatThread,
  Composer,
  Message,
  type AnnounceMode,
  type ChatThreadViewportProps,
} from '../src/index.ts'

export interface StoryChatProps {
  /** What stands in the log. @default every message, as text */
  readonly children?: ReactNode
  /** What stands between the log and the composer. */
  readonly below?: ReactNode
  readonly viewport?: Omit<ChatThreadViewportProps, 'children'>
  readonly announce?: AnnounceMode
}

/** A chat of as few parts as there can be around the one that a story shows. */
export function StoryChat({ children, below, viewport, announce }: StoryChatProps): ReactNode {
  return (
    <ChatThread.Root agentId={storyAgent} announce={announce}>
      <ChatThread.Viewport {...viewport}>
        {children ?? <ChatThread.Messages>{renderMessage}</ChatThread.Messages>}
      </ChatThread.Viewport>
      {below}
      <Composer.Root>
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
      </Composer.Root>
    </ChatThread.Root>
  )
}

/** A message that is its text. */
export function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Content>
        <Message.Parts>{renderText}</Message.Parts>
      </Message.Content>
    </Message.Root>
  )
}

/** A part that is its text. */
export function renderText(): ReactNode {
  return <Message.Text />
}

/** The newest answer, once it stands like this. */
export function findAnswer(page: HTMLElement, status: string): Promise<HTMLElement> {
  return waitFor(() => {
    const answer = within(page)
      .queryAllByRole('article', { name: /^Assistant/ })
      .at(-1)
    if (answer?.dataset['status'] === status) return answer
    throw new Error(`The answer is ${answer?.dataset['status'] ?? 'not there'}, not ${status}.`)
  })
}

/** The part of this name, once it is shown: the announcer may say the same. */
export function findPart(page: HTMLElement, part: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = page.querySelector<HTMLElement>(`[data-part="${part}"]`)
    if (found === null) throw new Error(`No ${part} is shown.`)
    return found
  })
}
