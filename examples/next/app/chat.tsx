'use client'

import { createFluoClient, relayTransport } from '@fluokit/core'
import { ChatThread, FluoProvider } from '@fluokit/react'
import { useState } from 'react'

export function Chat({ agentId }: { agentId: string }) {
  const [client] = useState(() =>
    createFluoClient({ transport: relayTransport({ url: '/api/fluo' }), userScope: null }),
  )
  return (
    <FluoProvider client={client}>
      <ChatThread.Default agentId={agentId} />
    </FluoProvider>
  )
}
