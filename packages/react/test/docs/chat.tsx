// chat.tsx
import type { FluoClient, Part } from '@fluokit/core'
import {
  ChatThread,
  Composer,
  FluoProvider,
  Message,
  ToolCall,
  useToolCall,
  type Labels,
} from '@fluokit/react'
import type { ReactNode } from 'react'

const words: Partial<Labels> = { message: 'Your question', send: 'Ask', retry: 'Try again' }

export function Chat({ client }: { readonly client: FluoClient }): ReactNode {
  return (
    <FluoProvider client={client} labels={words}>
      <ChatThread.Root agentId="agent_123">
        <ChatThread.Viewport>
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
          <ChatThread.Error />
          <ChatThread.Retry />
        </ChatThread.Viewport>
        <Composer.Root>
          <Composer.Input />
          <Composer.Send />
        </Composer.Root>
      </ChatThread.Root>
    </FluoProvider>
  )
}

function renderMessage() {
  return (
    <Message.Root>
      <Message.Heading />
      <Message.Parts>{renderPart}</Message.Parts>
    </Message.Root>
  )
}

function renderPart(part: Part) {
  if (part.type === 'text') return <Message.Text />
  return part.type === 'tool-call' && part.name === 'weather' ? <WeatherCard /> : null
}

function WeatherCard() {
  const { status, output } = useToolCall()
  return (
    <ToolCall.Root className="weather">
      {status === 'running' ? 'Looking at the sky …' : `The sky is ${String(output)}.`}
    </ToolCall.Root>
  )
}
