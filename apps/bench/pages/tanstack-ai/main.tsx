import { fetchServerSentEvents, useChat, type UIMessage } from '@tanstack/ai-react'
import type { ReactNode } from 'react'
import { offerSend } from '../shared/offer-send.ts'
import { Row } from '../shared/row.tsx'
import { show } from '../shared/show.tsx'

const { history, token } = window.bench
const connection = fetchServerSentEvents(`/api/tanstack/${token}`)
const initialMessages: UIMessage[] = history.map(({ id, role, text }) => ({
  id,
  role,
  parts: [{ type: 'text', content: text }],
}))

function Chat(): ReactNode {
  const { messages, sendMessage } = useChat({ connection, initialMessages })
  offerSend((query) => sendMessage(query))
  return messages.map((message) => (
    <Row key={message.id} id={message.id} role={message.role}>
      {message.parts.map((part, index) =>
        part.type === 'text' ? <span key={index}>{part.content}</span> : null,
      )}
    </Row>
  ))
}

show(() => <Chat />)
