import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport, type UIMessage } from 'ai'
import type { ReactNode } from 'react'
import { offerSend } from '../shared/offer-send.ts'
import { Row } from '../shared/row.tsx'
import { show } from '../shared/show.tsx'

const { history, token, variant } = window.bench
const transport = new DefaultChatTransport({ api: `/api/ai-sdk/${token}` })
const messages: UIMessage[] = []

function Chat(): ReactNode {
  const chat = useChat({
    transport,
    messages,
    ...(variant === 'throttled' && { throttle: 50 }),
  })
  offerSend((query) => chat.sendMessage({ text: query }))
  return chat.messages.map((message) => (
    <Row key={message.id} id={message.id} role={message.role}>
      {message.parts.map((part, index) =>
        part.type === 'text' ? <span key={index}>{part.text}</span> : null,
      )}
    </Row>
  ))
}

for (const { id, role, text } of history) {
  messages.push({ id, role, parts: [{ type: 'text', text }] })
}
show(() => <Chat />)
