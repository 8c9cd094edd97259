import { createFluoClient, relayTransport, type Part, type Turn } from '@fluokit/core'
import { ChatThread, FluoProvider, Message, type ChatMessage } from '@fluokit/react'
import { ChatThreadVirtualMessages } from '@fluokit/react/virtual'
import type { ReactNode } from 'react'
import { turnsOf } from '../fluokit/turns-of.ts'
import { offerSend } from '../shared/offer-send.ts'
import { show } from '../shared/show.tsx'

const client = createFluoClient({ transport: relayTransport({ url: '/relay' }), userScope: null })
const initialTurns: readonly Turn[] = turnsOf(window.bench.history)
const options = { agentId: 'bench', initialTurns }

function Chat(): ReactNode {
  return (
    <FluoProvider client={client}>
      <ChatThread.Root {...options}>
        <ChatThread.Viewport style={{ height: '100vh', overflowY: 'auto' }}>
          <ChatThreadVirtualMessages>{renderMessage}</ChatThreadVirtualMessages>
        </ChatThread.Viewport>
      </ChatThread.Root>
    </FluoProvider>
  )
}

function renderMessage({ id }: ChatMessage): ReactNode {
  window.bench.rendered(id)
  return (
    <Message.Root className="row">
      <Message.Parts>{renderPart}</Message.Parts>
    </Message.Root>
  )
}

function renderPart({ type }: Part): ReactNode {
  return type === 'text' ? <Message.Text /> : null
}

offerSend((query) => client.thread(options).send(query))
show(() => <Chat />)
