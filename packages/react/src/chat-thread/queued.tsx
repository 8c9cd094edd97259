'use client'
import type { QueuedTurn } from '@fluokit/core'
import { memo, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { useThreadState } from '../use-thread-state.ts'
import { QueuedContext } from './queued-context.ts'

export interface ChatThreadQueuedProps {
  /** Renders one turn. Give it the same function each time, and a turn that waits never renders again. */
  readonly children: (turn: QueuedTurn) => ReactNode
}

/**
 * Every turn that waits for the run before it, in order, each in a context of its own: there are some only with
 * `whenBusy="queue"`. Renders no element. A turn that throws takes nothing else down. Re-renders when one
 * is queued, asked or taken out.
 */
export function ChatThreadQueued({ children }: ChatThreadQueuedProps): ReactNode {
  const queued = useThreadState((state) => state.queued)
  return queued.map((turn) => (
    <QueuedScope key={turn.id} turn={turn}>
      {children}
    </QueuedScope>
  ))
}

const QueuedScope = memo(function QueuedScope({
  turn,
  children,
}: ChatThreadQueuedProps & { readonly turn: QueuedTurn }): ReactNode {
  return (
    <QueuedContext value={turn}>
      <Guard fallback={() => <div dir="auto">{turn.input.query}</div>}>
        <Render item={turn}>{children}</Render>
      </Guard>
    </QueuedContext>
  )
})
