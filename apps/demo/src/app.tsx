import { useFluoClient, useThread } from '@fluokit/react'
import { record } from '@fluokit/react/devtools/production'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { BreakDrawer } from './break-drawer.tsx'
import { Chat } from './chat.tsx'
import { BreakIcon, PlusIcon, TimelineIcon } from './icons.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { TimelineDrawer } from './timeline-drawer.tsx'

/** The page around the chat. */
export function App(): ReactNode {
  const { agentId, isStandIn } = __DEMO__
  const thread = useThread({ agentId })
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const breakRef = useRef<HTMLButtonElement>(null)
  const [isTimelineOpen, setTimelineOpen] = useState(false)
  const timelineRef = useRef<HTMLButtonElement>(null)
  const client = useFluoClient()
  // From the start, so that the timeline of what went wrong is there when somebody wants to know.
  useEffect(() => record(client).end, [client])
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
        {isStandIn && (
          <button
            ref={breakRef}
            type="button"
            className="quiet-button"
            aria-expanded={isDrawerOpen}
            aria-controls="break"
            onClick={() => {
              setDrawerOpen(!isDrawerOpen)
              setTimelineOpen(false)
            }}
          >
            <BreakIcon />
            <span>Break it</span>
          </button>
        )}
        <button
          ref={timelineRef}
          type="button"
          className="quiet-button"
          aria-expanded={isTimelineOpen}
          aria-controls="timeline"
          onClick={() => {
            setTimelineOpen(!isTimelineOpen)
            setDrawerOpen(false)
          }}
        >
          <TimelineIcon />
          <span>Timeline</span>
        </button>
        <ThemeSwitch />
      </header>
      <main>
        <Chat agentId={agentId} />
        {isDrawerOpen && (
          <BreakDrawer
            id="break"
            agentId={agentId}
            onClose={() => {
              setDrawerOpen(false)
              breakRef.current?.focus()
            }}
          />
        )}
        {isTimelineOpen && (
          <TimelineDrawer
            id="timeline"
            onClose={() => {
              setTimelineOpen(false)
              timelineRef.current?.focus()
            }}
          />
        )}
      </main>
    </div>
  )
}
