import { createFluoClient, relayTransport, webStorage } from '@fluokit/core'
import { indexedDbTranscripts } from '@fluokit/core/indexed-db'
import { createUploads, relayUploads } from '@fluokit/core/uploads'
import { FluoProvider } from '@fluokit/react'
import { StrictMode, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { tools } from './tools.ts'
import './chat.css'
import './page.css'

const url = '/api/fluo'

function Main(): ReactNode {
  const [client] = useState(() =>
    createFluoClient({
      transport: relayTransport({ url }),
      uploads: createUploads({ transport: relayUploads({ url }) }),
      userScope: null,
      // What a tab keeps for itself is gone with the tab: here a conversation outlives it, and is the same in each.
      storage: webStorage('localStorage'),
      transcripts: indexedDbTranscripts(),
      ...(__DEMO__.isStandIn && { tools }),
    }),
  )
  return (
    <FluoProvider client={client}>
      <App />
    </FluoProvider>
  )
}

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Main />
    </StrictMode>,
  )
}
