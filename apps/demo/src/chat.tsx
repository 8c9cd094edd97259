import type { Part } from '@fluokit/core'
import { ChatThread, Composer, Message, Thinking, ToolCall, useLabels } from '@fluokit/react'
import type { ReactNode } from 'react'
import { EndIcon, RetryIcon, SendIcon, StopIcon, ToolIcon } from './icons.tsx'
import { Suggestions } from './suggestions.tsx'

const hasFinePointer = matchMedia('(pointer: fine)').matches

/** The chat, composed of the kit's parts. */
export function Chat({ agentId }: { readonly agentId: string }): ReactNode {
  const { message, send, stop, retry } = useLabels()
  return (
    <ChatThread.Root agentId={agentId}>
      <ChatThread.Viewport>
        <ChatThread.Empty>
          <h2>Ask, and watch the answer arrive.</h2>
          <Suggestions />
        </ChatThread.Empty>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        <div data-part="chat-thread-failure">
          <ChatThread.Error />
          <ChatThread.Retry>
            <RetryIcon />
            {retry}
          </ChatThread.Retry>
        </div>
      </ChatThread.Viewport>
      <ChatThread.ScrollToEnd>
        <EndIcon />
      </ChatThread.ScrollToEnd>
      <ChatThread.Status />
      <Composer.Root>
        {/* A keyboard would cover half of a phone's page: focus only where the pointer is fine. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Composer.Input placeholder={message} autoFocus={hasFinePointer} />
        <Composer.Stop aria-label={stop}>
          <StopIcon />
        </Composer.Stop>
        <Composer.Send aria-label={send}>
          <SendIcon />
        </Composer.Send>
      </Composer.Root>
    </ChatThread.Root>
  )
}

function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Parts>{renderPart}</Message.Parts>
      <Message.Status />
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
            <ToolIcon />
            <ToolCall.Name />
            <ToolCall.Status />
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

function UnknownEvent({ event, raw }: { readonly event: string; readonly raw: string }): ReactNode {
  const { unknownEvent } = useLabels()
  return (
    <details data-part="unknown-event">
      <summary>{unknownEvent(event)}</summary>
      <pre dir="auto">{raw}</pre>
    </details>
  )
}
