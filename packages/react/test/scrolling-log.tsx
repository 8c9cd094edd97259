import {
  createFluoClient,
  memoryStorage,
  type FluoClient,
  type FluoEvent,
  type Thread,
  type Turn,
} from '@fluokit/core'
import { StrictMode, type ComponentType, type ReactNode } from 'react'
import { render, type RenderResult } from 'vitest-browser-react'
import {
  ChatThread,
  Composer,
  FluoProvider,
  Message,
  type ChatThreadMessagesProps,
  type ChatThreadViewportProps,
} from '../src/index.ts'
import { turnsOf } from './turns.ts'

const agent = { agentId: 'agent' }

/** The time that every animation frame so far has been painted, and the scroll events after it were told. */
export async function frames(count = 3): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/** So many lines of text, each 20 pixels high. */
export function lines(count: number): string {
  return 'line\n'.repeat(count)
}

export interface LogOptions {
  readonly turns?: readonly Turn[]
  readonly viewport?: ChatThreadViewportProps
  /** What stands in ChatThread.Empty. */
  readonly empty?: ReactNode
  /** What renders the messages. @default ChatThread.Messages */
  readonly Messages?: ComponentType<ChatThreadMessagesProps>
  /** Puts the messages into an element of the application's own. */
  readonly wrap?: (messages: ReactNode) => ReactNode
}

export interface ScrollingLog {
  readonly page: RenderResult
  readonly viewport: HTMLElement
  readonly thread: Thread
  /** Renders the same page with other options, or another thread in it. */
  readonly show: (options: LogOptions & { readonly threadKey?: string }) => Promise<void>
  /** How far below the view the end is, in pixels. */
  readonly fromEnd: () => number
  readonly isFollowing: () => boolean
  /** Another message of the newest run, whole. */
  readonly begin: (text: string) => Promise<void>
  readonly grow: (text: string) => Promise<void>
  /** One read that brings this event; nothing is waited for but that it is taken. */
  readonly say: (event: FluoEvent) => Promise<void>
  /** The answer is whole, and its run has ended. */
  readonly end: () => Promise<void>
}

/** A log that is 200 pixels high, of 20 turns unless told otherwise, whose agent says what the test says. */
export async function scrollingLog(options: LogOptions = {}): Promise<ScrollingLog> {
  let writer: WritableStreamDefaultWriter<FluoEvent> | null = null
  const client: FluoClient = createFluoClient({
    userScope: null,
    storage: memoryStorage(),
    transport: {
      async *start() {
        const line = new TransformStream<FluoEvent, FluoEvent>()
        writer = line.writable.getWriter()
        for await (const event of line.readable) yield [{ cursor: null, event }]
      },
    },
  })
  const pageOf = ({
    turns = turnsOf(20),
    viewport,
    empty,
    wrap = (messages) => messages,
    threadKey = 'current',
    Messages = ChatThread.Messages,
  }: LogOptions & { readonly threadKey?: string }): ReactNode => (
    <StrictMode>
      <FluoProvider client={client}>
        <ChatThread.Root {...agent} threadKey={threadKey} initialTurns={turns}>
          <ChatThread.Viewport
            style={{ height: 200, overflow: 'auto', font: '16px/20px sans-serif' }}
            {...viewport}
          >
            <ChatThread.Empty style={{ minHeight: 600 }}>{empty}</ChatThread.Empty>
            {wrap(<Messages>{renderMessage}</Messages>)}
          </ChatThread.Viewport>
          <ChatThread.ScrollToEnd />
          <Composer.Root>
            <Composer.Input />
          </Composer.Root>
        </ChatThread.Root>
      </FluoProvider>
    </StrictMode>
  )
  const page = await render(pageOf(options))
  const viewport = page.getByRole('log', { name: 'Conversation' }).element() as HTMLElement
  await frames()
  const bring = async (event: FluoEvent): Promise<void> => writer?.write(event)
  const say = async (event: FluoEvent): Promise<void> => {
    await bring(event)
    await frames()
  }
  return {
    page,
    viewport,
    thread: client.thread({ ...agent, threadKey: 'current' }),
    async show(next) {
      await page.rerender(pageOf(next))
      await frames()
    },
    fromEnd: () => viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop,
    isFollowing: () => viewport.hasAttribute('data-following'),
    begin: (text) => say({ type: 'message_final', text }),
    grow: (text) => say({ type: 'message_delta', text }),
    say: bring,
    async end() {
      await writer?.close()
      await frames()
    },
  }
}

function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Parts>{renderText}</Message.Parts>
      <button type="button">Copy</button>
    </Message.Root>
  )
}

function renderText(): ReactNode {
  return <Message.Text />
}

/** The messages that stand in the log, in order. */
export function messagesIn(viewport: HTMLElement): readonly HTMLElement[] {
  return [...viewport.querySelectorAll<HTMLElement>('article')]
}

/** How far below the top of the view an element begins, in pixels. */
export function topIn(viewport: HTMLElement, element: Element | undefined): number {
  if (element === undefined) throw new Error('There is no such element.')
  return element.getBoundingClientRect().top - viewport.getBoundingClientRect().top
}
