import { useThread } from '@fluokit/react'
import type { ReactNode } from 'react'
import { Chat } from './chat.tsx'
import { PlusIcon } from './icons.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** The page around the chat. */
export function App(): ReactNode {
  const { agentId, isStandIn } = __DEMO__
  const thread = useThread({ agentId })
  function begin(): void {
    thread.reset()
    document.querySelector<HTMLElement>('[data-part="composer-input"]')?.focus()
  }
  return (
    <div className="page">
      <header className="page-header">
        <h1>Fluokit</h1>
        <span
          className="badge"
          title={isStandIn ? 'No FLUO_API_KEY is set: nothing leaves this machine.' : undefined}
        >
          {isStandIn ? 'stand-in agent' : agentId}
        </span>
        <button type="button" className="quiet-button" onClick={begin}>
          <PlusIcon />
          <span>New thread</span>
        </button>
        <ThemeSwitch />
      </header>
      <main>
        <Chat agentId={agentId} />
      </main>
    </div>
  )
}
