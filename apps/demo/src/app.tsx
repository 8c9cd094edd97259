import { useFluoThreads } from '@fluokit/react'
import { useCallback, useRef, useState, type ReactNode } from 'react'
import { BreakDrawer } from './break-drawer.tsx'
import { Chat } from './chat.tsx'
import { BreakIcon, PlusIcon, RailIcon } from './icons.tsx'
import { Modal } from './modal.tsx'
import { Rail } from './rail.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { useIsWide } from './use-is-wide.ts'
import { useShownThread } from './use-shown-thread.ts'

/** The page around the chat. */
export function App(): ReactNode {
  const { agentId, isStandIn } = __DEMO__
  const [threadKey, show] = useShownThread()
  const { create } = useFluoThreads({ agentId })
  const isWide = useIsWide()
  const [isRailOpen, setRailOpen] = useState(false)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const breakRef = useRef<HTMLButtonElement>(null)
  const onChoose = useCallback((isNew: boolean) => {
    setRailOpen(false)
    if (isNew) queueMicrotask(focusInput) // once the rail is gone, which gives the focus back
  }, [])
  const rail = { agentId, threadKey, onThreadKeyChange: show, onChoose }
  return (
    <div className="page">
      <header className="page-header">
        {!isWide && (
          <button
            type="button"
            className="quiet-button"
            aria-expanded={isRailOpen}
            aria-haspopup="dialog"
            onClick={() => setRailOpen(true)}
          >
            <RailIcon />
            <span>Threads</span>
          </button>
        )}
        <h1>Fluokit</h1>
        <span
          className="badge"
          title={isStandIn ? 'No FLUO_API_KEY is set: nothing leaves this machine.' : undefined}
        >
          {isStandIn ? 'stand-in agent' : agentId}
        </span>
        {!isWide && (
          <button
            type="button"
            className="quiet-button"
            onClick={() => {
              show(create(agentId))
              focusInput()
            }}
          >
            <PlusIcon />
            <span>New thread</span>
          </button>
        )}
        {isStandIn && (
          <button
            ref={breakRef}
            type="button"
            className="quiet-button"
            aria-expanded={isDrawerOpen}
            aria-controls="break"
            onClick={() => setDrawerOpen(!isDrawerOpen)}
          >
            <BreakIcon />
            <span>Break it</span>
          </button>
        )}
        <ThemeSwitch />
      </header>
      <main>
        {isWide && (
          <div className="rail">
            <Rail {...rail} />
          </div>
        )}
        {!isWide && isRailOpen && (
          <Modal className="rail" label="Threads" onClose={() => setRailOpen(false)}>
            <Rail {...rail} />
          </Modal>
        )}
        <Chat agentId={agentId} threadKey={threadKey} />
        {isDrawerOpen && (
          <BreakDrawer
            id="break"
            agentId={agentId}
            threadKey={threadKey}
            onClose={() => {
              setDrawerOpen(false)
              breakRef.current?.focus()
            }}
          />
        )}
      </main>
    </div>
  )
}

function focusInput(): void {
  document.querySelector<HTMLElement>('[data-part="composer-input"]')?.focus()
}
