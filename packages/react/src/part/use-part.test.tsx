import {
  isBusy,
  memoryStorage,
  type FluoClient,
  type Part,
  type Thread,
  type ThreadSummary,
  type Turn,
} from '@fluokit/core'
import { createUploads, type UploadStatus } from '@fluokit/core/uploads'
import { scriptedUploads } from '@fluokit/testing'
import { act, fireEvent, screen } from '@testing-library/react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { describePart, type CommonProps, type PartCase } from '../../test/describe-part.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import {
  Attachment,
  ChatThread,
  Composer,
  Message,
  FluoProvider,
  Suggestions,
  Thinking,
  ThreadList,
  ToolCall,
  useComposer,
  useFluoClient,
  useThread,
} from '../index.ts'
import { Markdown } from '../markdown/index.ts'

const turns: readonly Turn[] = [
  {
    id: 'turn',
    input: { query: 'a question' },
    sentAt: 1_000,
    runs: [
      {
        id: 'run',
        end: 'interrupted',
        // Long ago, but for tests that set the clock back to before it.
        error: { code: 'network', retryAt: 1_060_000 },
        messages: [
          {
            id: 'run:0',
            startedAt: 1_000,
            isFinal: false,
            parts: [
              { type: 'thinking', id: 'a', chunks: ['a thought'] },
              {
                type: 'tool-call',
                id: 'b',
                startedAt: 1_000,
                endedAt: 3_000,
                name: 'sum',
                status: 'failed',
                input: [1, 2],
                output: 3,
                error: 'overflow',
              },
              { type: 'text', id: 'c', chunks: ['a line\n', 'another'] },
            ],
          },
        ],
      },
    ],
  },
]

const failed = JSON.stringify({
  version: 1,
  id: 'record',
  agentId: 'failed',
  threadKey: 'current',
  updatedAt: 1,
  open: {
    turnId: 'turn',
    input: { query: 'a question' },
    sentAt: 1,
    run: { runId: 'run', agentId: 'failed' },
    end: 'failed',
    error: { code: 'upstream' },
  },
})

function newClient(): FluoClient {
  const storage = memoryStorage()
  void storage.write('fluo:v1:guest:failed:current', failed)
  const { transport } = scriptedUploads({ plan: () => 'held' })
  const uploads = createUploads({ transport, limits: { totalBytes: 1000 } })
  return clientOf({ ...handDriven(), storage, uploads })
}

/** A thread as it is while it waits for a rate limit, which takes a run to come to. */
function waiting(): Thread {
  const thread = newClient().thread({ agentId: 'agent' })
  const state = { ...thread.store.getState(), status: 'error', activity: 'waiting' } as const
  return { ...thread, store: { ...thread.store, getState: () => state } }
}

function inRoot(children: ReactNode, agentId = 'agent'): ReactNode {
  return <ChatThread.Root agentId={agentId}>{children}</ChatThread.Root>
}

function inMessage(children: ReactNode): ReactNode {
  return (
    <ChatThread.Root agentId="agent" initialTurns={turns}>
      <ChatThread.Messages>
        {(message) => message.role === 'assistant' && children}
      </ChatThread.Messages>
    </ChatThread.Root>
  )
}

function inPart(type: Part['type'], children: ReactNode): ReactNode {
  return inMessage(<Message.Parts>{(part) => part.type === type && children}</Message.Parts>)
}

const inComposer = (children: ReactNode): ReactNode =>
  inRoot(<Composer.Root>{children}</Composer.Root>)
/** A file that is on its way for as long as a test lasts, and one that is too large beside others. */
const inAttachment = (children: ReactNode): ReactNode =>
  inFiles('queued', 'still.png', 10, children)
const inFailed = (children: ReactNode): ReactNode => inFiles('failed', 'large.png', 2000, children)
const inWaiting = (children: ReactNode): ReactNode =>
  inComposer(
    <>
      <Attach name="still.png" size={10} thenSend />
      {children}
    </>,
  )
function inFiles(status: UploadStatus, name: string, size: number, children: ReactNode): ReactNode {
  return inComposer(
    <>
      <Attach name={name} size={size} />
      <Composer.Attachments>{(file) => file.status === status && children}</Composer.Attachments>
    </>,
  )
}
const inQueue = (children: ReactNode): ReactNode => (
  <ChatThread.Root agentId="agent" whenBusy="queue">
    <SendTwice />
    <ChatThread.Queued>{() => children}</ChatThread.Queued>
  </ChatThread.Root>
)
const inThinking = (children: ReactNode): ReactNode =>
  inPart('thinking', <Thinking.Root>{children}</Thinking.Root>)
const inToolCall = (children: ReactNode): ReactNode =>
  inPart('tool-call', <ToolCall.Root>{children}</ToolCall.Root>)

const inList = (children: ReactNode): ReactNode => (
  <ThreadList.Root agentId="agent">
    <Ask />
    {children}
  </ThreadList.Root>
)
const inItem = (children: ReactNode): ReactNode =>
  inList(<ThreadList.Items>{() => <ThreadList.Item>{children}</ThreadList.Item>}</ThreadList.Items>)

/** A list that has been read, and is empty. */
const nobody = createStore<readonly ThreadSummary[]>(() => [])
nobody.setState([], true)
const inEmptyList = (children: ReactNode): ReactNode => (
  <EmptyList>
    <ThreadList.Root agentId="agent">{children}</ThreadList.Root>
  </EmptyList>
)

function EmptyList({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useFluoClient()
  const [empty] = useState({ ...client, threads: { ...nobody, isRead: true } })
  return <FluoProvider client={empty}>{children}</FluoProvider>
}

function Ask(): ReactNode {
  const thread = useFluoClient().thread({ agentId: 'agent' })
  useEffect(() => {
    if (!isBusy(thread.store.getState())) void thread.send('asked')
  }, [thread])
  return null
}

/** Begins to rename, once there is something to rename. */
function StartRename(): ReactNode {
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => ref.current?.click(), [])
  return <ThreadList.Rename ref={ref} />
}

interface AttachProps {
  readonly name: string
  readonly size: number
  readonly thenSend?: boolean
}

function Attach({ name, size, thenSend = false }: AttachProps): ReactNode {
  const { files, addFiles, submit } = useComposer()
  const isAdded = useRef(false)
  const isThere = files.length > 0
  useEffect(() => {
    if (!isAdded.current) addFiles([new File([new Uint8Array(size)], name, { type: 'image/png' })])
    else if (isThere && thenSend) submit()
    isAdded.current = true
  }, [isThere, addFiles, submit, name, size, thenSend])
  return null
}

function SendTwice(): ReactNode {
  const { send, store } = useThread()
  useEffect(() => {
    if (isBusy(store.getState())) return
    void send('asked')
    void send('queued')
  }, [send, store])
  return null
}

type AnyPart = (props: never) => ReactNode

/** The part with the suite's props, which every part takes whatever its tag is. */
function partCase(
  name: string,
  Part: AnyPart,
  tag: string,
  place: (part: ReactNode) => ReactNode,
  parent: string,
  state: Readonly<Record<string, unknown>>,
  attributes: PartCase['attributes'],
  isOnServer = true,
): PartCase {
  const Loose = Part as (props: CommonProps) => ReactNode // the suite gives only what every tag takes
  return {
    name,
    tag,
    inPlace: (props) => place(<Loose {...props} />),
    alone: <Loose />,
    parent,
    state,
    attributes,
    isOnServer,
  }
}

const suggested = [{ input: 'What is one?' }]

const ready = { status: 'ready', activity: 'idle' }
const call = { status: 'failed', tool: 'sum', isOpen: true }
const callAttributes = { 'data-status': 'failed', 'data-tool': 'sum', 'data-open': '' } as const
const readyAttributes = { 'data-status': 'ready', 'data-activity': 'idle' } as const

const cases: readonly PartCase[] = [
  {
    ...partCase(
      'ChatThread.Root',
      ChatThread.Root,
      'section',
      (part) => part,
      'FluoProvider',
      { ...ready, isRestoring: false },
      readyAttributes,
    ),
    inPlace: (props) => <ChatThread.Root agentId="agent" {...(props as object)} />,
    alone: <ChatThread.Root agentId="agent" />,
  },
  partCase(
    'ChatThread.Viewport',
    ChatThread.Viewport,
    'div',
    inRoot,
    'ChatThread.Root',
    { isFollowing: true },
    { 'data-following': '' },
  ),
  partCase(
    'ChatThread.ScrollToEnd',
    ChatThread.ScrollToEnd,
    'button',
    inRoot,
    'ChatThread.Root',
    { isFollowing: true, unread: null },
    { 'data-following': '' },
  ),
  partCase('ChatThread.Empty', ChatThread.Empty, 'div', inRoot, 'ChatThread.Root', {}, {}, false),
  partCase(
    'ChatThread.Status',
    ChatThread.Status,
    'div',
    inRoot,
    'ChatThread.Root',
    ready,
    readyAttributes,
  ),
  partCase(
    'ChatThread.Error',
    ChatThread.Error,
    'div',
    (part) => inRoot(part, 'failed'),
    'ChatThread.Root',
    { code: 'upstream', end: 'failed' },
    { 'data-code': 'upstream', 'data-end': 'failed' },
    false,
  ),
  partCase(
    'ChatThread.Retry',
    ChatThread.Retry,
    'button',
    (part) => inRoot(part, 'failed'),
    'ChatThread.Root',
    {},
    {},
    false,
  ),
  partCase(
    'ChatThread.Edit',
    ChatThread.Edit,
    'button',
    (part) =>
      inRoot(
        <>
          {part}
          <Composer.Root />
        </>,
        'failed',
      ),
    'ChatThread.Root',
    {},
    {},
    false,
  ),
  partCase(
    'ChatThread.Cancel',
    ChatThread.Cancel,
    'button',
    (part) => <ChatThread.Root thread={waiting()}>{part}</ChatThread.Root>,
    'ChatThread.Root',
    {},
    {},
    false,
  ),
  partCase(
    'ChatThread.CancelQueued',
    ChatThread.CancelQueued,
    'button',
    inQueue,
    'ChatThread.Queued',
    {},
    {},
    false,
  ),
  partCase(
    'Composer.Root',
    Composer.Root,
    'form',
    inRoot,
    'ChatThread.Root',
    { isEmpty: true, isRunning: false, isOverLimit: false, isWaiting: false },
    { 'data-empty': '' },
  ),
  partCase(
    'Composer.Input',
    Composer.Input,
    'textarea',
    inComposer,
    'Composer.Root',
    { isEmpty: true, isOverLimit: false },
    { 'data-empty': '' },
  ),
  partCase(
    'Composer.Send',
    Composer.Send,
    'button',
    inComposer,
    'Composer.Root',
    { isDisabled: true, isWaiting: false },
    { 'data-disabled': '' },
  ),
  {
    ...partCase(
      'Composer.Stop',
      Composer.Stop,
      'button',
      inComposer,
      'ChatThread.Root',
      { isDisabled: true },
      { 'data-disabled': '' },
    ),
  },
  partCase(
    'Composer.Hint',
    Composer.Hint,
    'div',
    inComposer,
    'Composer.Root',
    { submitMode: 'enter' },
    { 'data-submit-mode': 'enter' },
  ),
  partCase(
    'Composer.Error',
    Composer.Error,
    'div',
    (part) =>
      inRoot(
        <Composer.Root maxLength={1} defaultValue="ab">
          {part}
        </Composer.Root>,
      ),
    'Composer.Root',
    { reason: 'too-long' },
    { 'data-reason': 'too-long' },
  ),
  partCase(
    'Composer.AttachTrigger',
    Composer.AttachTrigger,
    'button',
    inComposer,
    'Composer.Root',
    {},
    {},
  ),
  partCase(
    'Composer.Dropzone',
    Composer.Dropzone,
    'div',
    inComposer,
    'ChatThread.Root',
    { isDragging: false, isRefused: false },
    {},
  ),
  partCase('Composer.Waiting', Composer.Waiting, 'div', inWaiting, 'Composer.Root', {}, {}, false),
  partCase(
    'Composer.CancelWaiting',
    Composer.CancelWaiting,
    'button',
    inWaiting,
    'Composer.Root',
    {},
    {},
    false,
  ),
  partCase(
    'Attachment.Root',
    Attachment.Root,
    'div',
    inAttachment,
    'Composer.Attachments',
    { status: 'queued', kind: 'image' },
    { 'data-status': 'queued', 'data-kind': 'image' },
    false,
  ),
  partCase(
    'Attachment.Preview',
    Attachment.Preview,
    'img',
    inAttachment,
    'Composer.Attachments',
    { status: 'loading' },
    { 'data-status': 'loading' },
    false,
  ),
  partCase(
    'Attachment.Name',
    Attachment.Name,
    'span',
    inAttachment,
    'Composer.Attachments',
    {},
    {},
    false,
  ),
  partCase(
    'Attachment.Size',
    Attachment.Size,
    'span',
    inAttachment,
    'Composer.Attachments',
    {},
    {},
    false,
  ),
  partCase(
    'Attachment.Status',
    Attachment.Status,
    'span',
    inAttachment,
    'Composer.Attachments',
    { status: 'queued' },
    { 'data-status': 'queued' },
    false,
  ),
  partCase(
    'Attachment.Progress',
    Attachment.Progress,
    'div',
    inAttachment,
    'Composer.Attachments',
    { status: 'queued', percent: 0 },
    { 'data-status': 'queued', 'data-percent': '0' },
    false,
  ),
  partCase(
    'Attachment.Retry',
    Attachment.Retry,
    'button',
    inFailed,
    'Composer.Attachments',
    { kind: 'image' },
    { 'data-kind': 'image' },
    false,
  ),
  partCase(
    'Attachment.Remove',
    Attachment.Remove,
    'button',
    inAttachment,
    'Composer.Attachments',
    { status: 'queued', kind: 'image' },
    { 'data-status': 'queued', 'data-kind': 'image' },
    false,
  ),
  partCase(
    'Message.Root',
    Message.Root,
    'article',
    inMessage,
    'ChatThread.Messages',
    { role: 'assistant', status: 'interrupted' },
    { 'data-role': 'assistant', 'data-status': 'interrupted' },
  ),
  partCase(
    'Message.Heading',
    Message.Heading,
    'h3',
    inMessage,
    'ChatThread.Messages',
    { role: 'assistant' },
    { 'data-role': 'assistant' },
  ),
  partCase(
    'Message.Content',
    Message.Content,
    'div',
    inMessage,
    'ChatThread.Messages',
    { role: 'assistant' },
    { 'data-role': 'assistant' },
  ),
  partCase(
    'Message.Error',
    Message.Error,
    'div',
    inMessage,
    'ChatThread.Messages',
    { code: 'network', end: 'interrupted' },
    { 'data-code': 'network', 'data-end': 'interrupted' },
  ),
  partCase(
    'Message.Actions',
    Message.Actions,
    'div',
    inMessage,
    'ChatThread.Messages',
    { role: 'assistant' },
    { 'data-role': 'assistant' },
  ),
  partCase(
    'Message.Copy',
    Message.Copy,
    'button',
    inMessage,
    'ChatThread.Messages',
    { isCopied: false, isFailed: false },
    {},
  ),
  partCase(
    'Message.Reuse',
    Message.Reuse,
    'button',
    (part) =>
      inMessage(
        <>
          {part}
          <Composer.Root />
        </>,
      ),
    'ChatThread.Messages',
    {},
    {},
    false,
  ),
  partCase('Message.Retry', Message.Retry, 'button', inMessage, 'ChatThread.Messages', {}, {}),
  partCase(
    'Message.Timestamp',
    Message.Timestamp,
    'time',
    inMessage,
    'ChatThread.Messages',
    {},
    {},
    false,
  ),
  partCase(
    'Message.Text',
    Message.Text,
    'div',
    (part) => inPart('text', part),
    'Message.Parts',
    {},
    {},
  ),
  partCase(
    'Markdown.Text',
    Markdown.Text,
    'div',
    (part) => inPart('text', part),
    'Message.Parts',
    { isGrowing: false },
    {},
  ),
  partCase(
    'Message.Status',
    Message.Status,
    'div',
    inMessage,
    'ChatThread.Messages',
    { status: 'interrupted' },
    { 'data-status': 'interrupted' },
  ),
  {
    ...partCase('Suggestions.Root', Suggestions.Root, 'ul', inRoot, 'ChatThread.Root', {}, {}),
    inPlace: (props) => inRoot(<Suggestions.Root suggestions={suggested} {...(props as object)} />),
    alone: <Suggestions.Root suggestions={suggested} />,
  },
  partCase(
    'Suggestions.Item',
    Suggestions.Item,
    'button',
    (part) => inRoot(<Suggestions.Root suggestions={suggested}>{() => part}</Suggestions.Root>),
    'Suggestions.Root',
    { action: 'send', isDisabled: false },
    { 'data-action': 'send' },
  ),
  partCase(
    'Thinking.Root',
    Thinking.Root,
    'div',
    (part) => inPart('thinking', part),
    'Message.Parts',
    { isOpen: false, status: 'done' },
    { 'data-status': 'done' },
  ),
  partCase(
    'Thinking.Trigger',
    Thinking.Trigger,
    'button',
    inThinking,
    'Thinking.Root',
    { isOpen: false, status: 'done' },
    { 'data-status': 'done' },
  ),
  partCase(
    'Thinking.Panel',
    Thinking.Panel,
    'div',
    inThinking,
    'Thinking.Root',
    { isOpen: false },
    {},
  ),
  {
    ...partCase('ThreadList.Root', ThreadList.Root, 'nav', (part) => part, 'FluoProvider', {}, {}),
    inPlace: (props) => <ThreadList.Root agentId="agent" {...(props as object)} />,
    alone: <ThreadList.Root agentId="agent" />,
  },
  partCase(
    'ThreadList.New',
    ThreadList.New,
    'button',
    inList,
    'ThreadList.Root',
    { isActive: false },
    {},
  ),
  {
    ...partCase(
      'ThreadList.Items',
      ThreadList.Items,
      'ul',
      inList,
      'ThreadList.Root',
      {},
      {},
      false,
    ),
    inPlace: (props) =>
      inList(
        <ThreadList.Items {...(props as object)}>{() => <ThreadList.Item />}</ThreadList.Items>,
      ),
    alone: <ThreadList.Items>{() => null}</ThreadList.Items>,
  },
  partCase(
    'ThreadList.Item',
    ThreadList.Item,
    'li',
    (part) => inList(<ThreadList.Items>{() => part}</ThreadList.Items>),
    'ThreadList.Items',
    { isActive: true, isRunning: true, isRenaming: false },
    { 'data-active': '', 'data-running': '' },
    false,
  ),
  partCase(
    'ThreadList.Trigger',
    ThreadList.Trigger,
    'button',
    inItem,
    'ThreadList.Items',
    { isActive: true, isRunning: true },
    { 'data-active': '', 'data-running': '' },
    false,
  ),
  partCase(
    'ThreadList.Title',
    ThreadList.Title,
    'span',
    inItem,
    'ThreadList.Items',
    { isUntitled: false },
    {},
    false,
  ),
  partCase(
    'ThreadList.Rename',
    ThreadList.Rename,
    'button',
    inItem,
    'ThreadList.Items',
    {},
    {},
    false,
  ),
  partCase(
    'ThreadList.RenameInput',
    ThreadList.RenameInput,
    'input',
    (part) =>
      inItem(
        <>
          {part}
          <StartRename />
        </>,
      ),
    'ThreadList.Items',
    {},
    {},
    false,
  ),
  partCase(
    'ThreadList.Delete',
    ThreadList.Delete,
    'button',
    inItem,
    'ThreadList.Items',
    {},
    {},
    false,
  ),
  partCase(
    'ThreadList.Empty',
    ThreadList.Empty,
    'div',
    inEmptyList,
    'ThreadList.Root',
    {},
    {},
    false,
  ),
  partCase(
    'ToolCall.Root',
    ToolCall.Root,
    'div',
    (part) => inPart('tool-call', part),
    'Message.Parts',
    call,
    callAttributes,
  ),
  partCase(
    'ToolCall.Trigger',
    ToolCall.Trigger,
    'button',
    inToolCall,
    'Message.Parts',
    call,
    callAttributes,
  ),
  partCase('ToolCall.Name', ToolCall.Name, 'span', inToolCall, 'Message.Parts', {}, {}),
  partCase(
    'ToolCall.Status',
    ToolCall.Status,
    'span',
    inToolCall,
    'Message.Parts',
    { status: 'failed' },
    { 'data-status': 'failed' },
  ),
  partCase(
    'ToolCall.Duration',
    ToolCall.Duration,
    'span',
    inToolCall,
    'Message.Parts',
    { isRunning: false },
    {},
  ),
  partCase(
    'ToolCall.Panel',
    ToolCall.Panel,
    'div',
    inToolCall,
    'ToolCall.Root',
    { isOpen: true },
    { 'data-open': '' },
  ),
  partCase('ToolCall.Input', ToolCall.Input, 'pre', inToolCall, 'Message.Parts', {}, {}),
  partCase('ToolCall.Output', ToolCall.Output, 'pre', inToolCall, 'Message.Parts', {}, {}),
  partCase('ToolCall.Error', ToolCall.Error, 'div', inToolCall, 'Message.Parts', {}, {}),
]

for (const part of cases) describePart(part, newClient)

describe('parts', () => {
  it('are all in this suite', () => {
    const iterators = [
      'ChatThread.Messages',
      'ChatThread.Default',
      'ChatThread.Queued',
      'Composer.Attachments',
      'Message.Parts',
      'Message.Attachments',
    ]
    const namespaces = {
      Attachment,
      ChatThread,
      Composer,
      Markdown,
      Message,
      Suggestions,
      Thinking,
      ThreadList,
      ToolCall,
    }
    const names = Object.entries(namespaces).flatMap(([name, parts]) =>
      Object.keys(parts).map((part) => `${name}.${part}`),
    )

    expect(cases.map(({ name }) => name).sort()).toEqual(
      names.filter((name) => !iterators.includes(name)).sort(),
    )
  })
})

describe('a handler of the user', () => {
  const prevent = (event: { preventDefault(): void }): void => event.preventDefault()

  it('may keep Composer.Input from sending', () => {
    const { transport, runs } = handDriven()
    renderWith(clientOf({ transport }), inComposer(<Composer.Input onKeyDown={prevent} />))
    const input = screen.getByRole('textbox')
    fireEvent.change(input, { target: { value: 'Hi' } })

    fireEvent.keyDown(input, { key: 'Enter' })

    expect(runs).toHaveLength(0)
    expect(input).toHaveProperty('value', 'Hi')
  })

  it('may keep Composer.Input from taking a text', () => {
    renderWith(newClient(), inComposer(<Composer.Input onChange={prevent} />))

    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Hi' } })

    expect(screen.getByRole('textbox')).toHaveProperty('value', '')
  })

  it.each([
    ['Composer.Root', 'onSubmit'],
    ['Composer.Send', 'onClick'],
  ])('may keep %s from sending', (name) => {
    const { transport, runs } = handDriven()
    renderWith(
      clientOf({ transport }),
      inRoot(
        <Composer.Root {...(name === 'Composer.Root' && { onSubmit: prevent })}>
          <Composer.Input />
          <Composer.Send {...(name === 'Composer.Send' && { onClick: prevent })} />
        </Composer.Root>,
      ),
    )
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Hi' } })

    act(() => screen.getByRole('button').click())

    expect(runs).toHaveLength(0)
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'Hi')
  })

  it('may keep Composer.Stop from stopping', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, inComposer(<Composer.Stop onClick={prevent} />))
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    await newest().emit(delta('x'))

    act(() => screen.getByRole('button').click())

    expect(newest().signal.aborted).toBe(false)
  })

  it('may keep ChatThread.Retry from asking again', async () => {
    const { transport, newest, runs } = handDriven()
    const client = clientOf({ transport })
    renderWith(client, inRoot(<ChatThread.Retry onClick={prevent} />))
    act(() => void client.thread({ agentId: 'agent' }).send('Hi'))
    await newest().fail({ code: 'network' })

    act(() => screen.getByRole('button').click())

    expect(runs).toHaveLength(1)
  })

  it.each([
    ['Thinking.Trigger', inThinking(<Thinking.Trigger onClick={prevent} />)],
    ['ToolCall.Trigger', inToolCall(<ToolCall.Trigger onClick={prevent} />)],
  ])('may keep %s from opening and closing', (_, page) => {
    renderWith(newClient(), page)
    const before = screen.getByRole('button').getAttribute('aria-expanded')

    act(() => screen.getByRole('button').click())

    expect(before).not.toBeNull()
    expect(screen.getByRole('button').getAttribute('aria-expanded')).toBe(before)
  })

  it('runs before ours', () => {
    const order: string[] = []
    const { transport } = handDriven()
    const client = clientOf({ transport })
    const thread = client.thread({ agentId: 'agent' })
    thread.store.subscribe(({ status }) => order.push(status))
    renderWith(client, inComposer(<Composer.Input onKeyDown={() => void order.push('theirs')} />))
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Hi' } })
    order.length = 0

    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' })

    expect(order.slice(0, 2)).toEqual(['theirs', 'submitted'])
  })
})
