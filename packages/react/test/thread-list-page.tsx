import {
  memoryStorage,
  type FluoClient,
  type ThreadStorage,
  type ThreadSummary,
} from '@fluokit/core'
import { act, fireEvent, screen, within } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import {
  ChatThread,
  Composer,
  Message,
  ThreadList,
  type ThreadListRootProps,
} from '../src/index.ts'
import { clientOf, renderWith, settled } from './chat.tsx'
import { final, handDriven } from './hand-driven.ts'

const agentId = 'agent'

/** Conversations to begin with. */
export const three = [
  ['a', 'First'],
  ['b', 'Second'],
  ['c', 'Third'],
] as const

/** One conversation with everything that can be done with it. */
export function renderThread(): ReactNode {
  return (
    <ThreadList.Item>
      <ThreadList.Trigger />
      <ThreadList.Rename />
      <ThreadList.RenameInput />
      <ThreadList.Delete />
    </ThreadList.Item>
  )
}

export interface ThreadListPageProps extends Partial<ThreadListRootProps> {
  readonly item?: (thread: ThreadSummary) => ReactNode
}

/** A list beside the conversation that it shows. */
export function ThreadListPage({
  item = renderThread,
  onThreadKeyChange,
  threadKey,
  ...props
}: ThreadListPageProps): ReactNode {
  const [shown, setShown] = useState(threadKey)
  return (
    <>
      <ThreadList.Root
        agentId={agentId}
        threadKey={shown}
        onThreadKeyChange={(key, details) => {
          onThreadKeyChange?.(key, details)
          if (!details.isCanceled) setShown(key)
        }}
        {...props}
      >
        <ThreadList.New />
        <ThreadList.Empty />
        <ThreadList.Items>{item}</ThreadList.Items>
      </ThreadList.Root>
      <ChatThread.Root agentId={agentId} threadKey={shown}>
        <ChatThread.Viewport>
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        </ChatThread.Viewport>
        <Composer.Root>
          <Composer.Input />
        </Composer.Root>
      </ChatThread.Root>
    </>
  )
}

function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Parts>{() => <Message.Text />}</Message.Parts>
    </Message.Root>
  )
}

export type OpenThreadList = ReturnType<typeof handDriven> & { readonly client: FluoClient }

/** Such a page over conversations that were had before, the last of them the newest. */
export async function openThreadList(
  questions: readonly (readonly [key: string, question: string])[],
  props: ThreadListPageProps = {},
  storage: ThreadStorage = memoryStorage(),
): Promise<OpenThreadList> {
  const hand = handDriven()
  const client = clientOf({ ...hand, storage })
  for (const [threadKey, question] of questions) {
    void client.thread({ agentId, threadKey }).send(question)
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that the last is the newest
    await answerNewest(hand)
  }
  renderWith(client, <ThreadListPage {...props} />)
  await settled()
  return { ...hand, client }
}

/** Ends the newest run with an answer. */
export async function answerNewest({ newest }: ReturnType<typeof handDriven>): Promise<void> {
  await newest().emit(final('An answer.'))
  await newest().end()
}

/** What is to be seen of the list: the titles, the one that is shown in brackets, what is answered with an ellipsis. */
export function listed(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-part=thread-list-item]')].map((item) => {
    const title = item.querySelector('[data-part=thread-list-title]')?.textContent ?? '(input)'
    const text = item.dataset['running'] === undefined ? title : `${title}…`
    return item.dataset['active'] === undefined ? text : `[${text}]`
  })
}

/** The button that shows a conversation. */
export function trigger(title: string): HTMLElement {
  const found = screen
    .getAllByRole('button')
    .find(
      (button) =>
        button.dataset['part'] === 'thread-list-trigger' &&
        within(button).queryByText(title) !== null,
    )
  if (found === undefined) throw new Error(`There is no conversation called ${title}.`)
  return found
}

/** Presses something, as a pointer does it. */
export function press(element: HTMLElement): void {
  act(() => element.focus())
  fireEvent.click(element, { detail: 1 })
}

export function button(name: string): HTMLElement {
  return screen.getByRole('button', { name })
}

/** What is asked in the conversation that is shown. */
export function questions(): readonly (string | null)[] {
  return [...document.querySelectorAll('[data-part=message-root][data-role=user]')].map(
    ({ textContent }) => textContent,
  )
}

/** Where the conversation that is shown is written. */
export function input(): HTMLTextAreaElement {
  return screen.getByRole('textbox', { name: 'Message' })
}

/** Asks in the conversation that is shown. */
export function ask(question: string): void {
  fireEvent.change(input(), { target: { value: question } })
  fireEvent.keyDown(input(), { key: 'Enter' })
}
