import { createFluoClient, relayTransport } from '@fluokit/core'
import { ChatThread, FluoProvider } from '@fluokit/react'
import { createRoot } from 'react-dom/client'

const client = createFluoClient({
  transport: relayTransport({ url: '/api/fluo' }),
  userScope: null,
})

createRoot(document.getElementById('root')!).render(
  <FluoProvider client={client}>
    <ChatThread.Default agentId={import.meta.env.FLUO_AGENT_ID ?? 'agent_demo'} />
  </FluoProvider>,
)
