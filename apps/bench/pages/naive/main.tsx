import { useState, type ReactNode } from 'react'
import { offerSend } from '../shared/offer-send.ts'
import { readDeltas } from '../shared/read-deltas.ts'
import { Row } from '../shared/row.tsx'
import { show } from '../shared/show.tsx'

function Chat(): ReactNode {
  const [messages, setMessages] = useState(window.bench.history)
  offerSend(async (query) => {
    setMessages((before) => [
      ...before,
      { id: 'question', role: 'user', text: query },
      { id: 'answer', role: 'assistant', text: '' },
    ])
    await readDeltas(query, (text) =>
      setMessages((before) =>
        before.map((message) =>
          message.id === 'answer' ? { ...message, text: message.text + text } : message,
        ),
      ),
    )
  })
  return messages.map(({ id, role, text }) => (
    <Row key={id} id={id} role={role}>
      {text}
    </Row>
  ))
}

show(() => <Chat />)
