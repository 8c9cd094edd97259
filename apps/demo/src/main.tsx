import { createFluoClient, relayTransport } from '@fluokit/core'
import { FluoProvider } from '@fluokit/react'
import { StrictMode, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './chat.css'
import './page.css'

function Main(): ReactNode {
  const [client] = useState(() =>
    createFluoClient({ transport: relayTransport({ url: '/api/fluo' }), userScope: null }),
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
