import { useStream } from '@langchain/react'
import type { ReactNode } from 'react'
import { offerSend } from '../shared/offer-send.ts'
import { Row } from '../shared/row.tsx'
import { show } from '../shared/show.tsx'

const { history, token } = window.bench
const apiUrl = `${location.origin}/api/langgraph/${token}`

function Chat(): ReactNode {
  const stream = useStream({
    assistantId: 'agent',
    apiUrl,
    ...(history.length > 0 && { threadId: 'thread' }),
  })
  offerSend((query) => stream.submit({ messages: [{ type: 'human', content: query }] }))
  return stream.messages.map((message, index) => (
    <Row key={message.id ?? index} id={message.id ?? String(index)} role={message.type}>
      {message.text}
    </Row>
  ))
}

show(() => <Chat />)
