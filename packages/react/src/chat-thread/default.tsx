'use client'
import type { Part, QueuedTurn } from '@fluokit/core'
import type { ReactNode } from 'react'
import * as Attachment from '../attachment/parts.ts'
import * as Composer from '../composer/parts.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import * as Message from '../message/parts.ts'
import * as Thinking from '../thinking/parts.ts'
import * as ToolCall from '../tool-call/parts.ts'
import { ChatThreadCancel } from './cancel.tsx'
import { ChatThreadCancelQueued } from './cancel-queued.tsx'
import { ChatThreadEdit } from './edit.tsx'
import { ChatThreadEmpty } from './empty.tsx'
import { ChatThreadError } from './error.tsx'
import { ChatThreadMessages } from './messages.tsx'
import { ChatThreadQueued } from './queued.tsx'
import { ChatThreadRetry } from './retry.tsx'
import { ChatThreadRoot, type ChatThreadRootProps } from './root.tsx'
import { ChatThreadScrollToEnd } from './scroll-to-end.tsx'
import { ChatThreadStatus } from './status.tsx'
import { ChatThreadViewport } from './viewport.tsx'

/**
 * A whole chat, composed of the public parts and nothing else: copy this file to begin a composition of your own.
 * Takes the props of ChatThread.Root and renders its `<section>`.
 */
export function ChatThreadDefault(props: ChatThreadRootProps): ReactNode {
  return (
    <ChatThreadRoot {...props}>
      <ChatThreadViewport>
        <ChatThreadEmpty />
        <ChatThreadMessages>{renderMessage}</ChatThreadMessages>
        <ChatThreadError />
        <ChatThreadRetry />
        <ChatThreadEdit />
        <ChatThreadCancel />
        <ChatThreadQueued>{renderQueued}</ChatThreadQueued>
      </ChatThreadViewport>
      <ChatThreadScrollToEnd>↓</ChatThreadScrollToEnd>
      <ChatThreadStatus />
      <Composer.Root render={<Composer.Dropzone render={<form />} />}>
        <Composer.Attachments>{renderAttachment}</Composer.Attachments>
        <Composer.Error />
        <Composer.Waiting />
        <Composer.CancelWaiting />
        <AttachFiles />
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
      </Composer.Root>
    </ChatThreadRoot>
  )
}

// Functions outside the component keep their identity, so that settled messages and parts never render again.
function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Heading />
      <Message.Content>
        <Message.Attachments>{renderFile}</Message.Attachments>
        <Message.Parts>{renderPart}</Message.Parts>
      </Message.Content>
      <Message.Status />
      <Message.Actions>
        <Message.Copy />
        <Message.Reuse />
        <Message.Timestamp />
      </Message.Actions>
    </Message.Root>
  )
}

function renderPart(part: Part): ReactNode {
  switch (part.type) {
    case 'text':
      return <Message.Text />
    case 'thinking':
      return (
        <Thinking.Root>
          <Thinking.Trigger />
          <Thinking.Panel />
        </Thinking.Root>
      )
    case 'tool-call':
      return (
        <ToolCall.Root>
          <ToolCall.Trigger>
            <ToolCall.Name /> <ToolCall.Status /> <ToolCall.Duration />
          </ToolCall.Trigger>
          <ToolCall.Panel>
            <ToolCall.Input />
            <ToolCall.Output />
            <ToolCall.Error />
          </ToolCall.Panel>
        </ToolCall.Root>
      )
    case 'unknown':
      return <UnknownEvent event={part.event} raw={part.raw} />
    default:
      part satisfies never
      return null
  }
}

function renderQueued({ input }: QueuedTurn): ReactNode {
  return (
    <div data-part="queued-turn">
      <span dir="auto">{input.query}</span> <ChatThreadCancelQueued />
    </div>
  )
}

function AttachFiles(): ReactNode {
  const { uploads } = useThread()
  return uploads === null ? null : <Composer.AttachTrigger />
}

function renderAttachment(): ReactNode {
  return (
    <Attachment.Root>
      <Attachment.Preview />
      <Attachment.Name /> <Attachment.Size /> <Attachment.Status />
      <Attachment.Progress />
      <Attachment.Retry />
      <Attachment.Remove>×</Attachment.Remove>
    </Attachment.Root>
  )
}

function renderFile(): ReactNode {
  return (
    <Attachment.Root>
      <Attachment.Preview />
      <Attachment.Name /> <Attachment.Size />
    </Attachment.Root>
  )
}

function UnknownEvent({ event, raw }: { readonly event: string; readonly raw: string }): ReactNode {
  const { unknownEvent } = useLabels()
  return (
    <details data-part="unknown-event">
      <summary>{unknownEvent(event)}</summary>
      <pre dir="auto">{raw}</pre>
    </details>
  )
}
