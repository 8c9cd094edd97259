'use client'
import { useEffect, useRef, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { Broken } from './broken.tsx'
import { useMessage } from './message-context.ts'
import { messageStatus } from './message-status.ts'

interface GuardedProps<T> {
  readonly item: T
  readonly children: (item: T) => ReactNode
  /** What the app renders in the place of an item whose rendering threw. */
  readonly fallback: ((item: T, error: unknown) => ReactNode) | undefined
  /** The text of an item, for where there is no fallback or that throws too. */
  readonly textOf: (item: T) => string
}

/** Renders a message, or a part of the message around, so that its throw takes nothing else down. */
export function Guarded<T>({ item, children, fallback, textOf }: GuardedProps<T>): ReactNode {
  return (
    <Guard
      fallback={(error, again) => (
        <>
          <AgainAtEnd again={again} />
          {fallback === undefined ? (
            <Broken text={textOf(item)} />
          ) : (
            <Guard fallback={() => <Broken text={textOf(item)} />}>
              <Render item={item}>{(shown) => fallback(shown, error)}</Render>
            </Guard>
          )}
        </>
      )}
    >
      <Render item={item}>{children}</Render>
    </Guard>
  )
}

interface AgainAtEndProps {
  readonly again: () => void
}

/** Tries again once the message has ended: half an answer may be what could not be rendered. */
function AgainAtEnd({ again }: AgainAtEndProps): ReactNode {
  const status = messageStatus(useMessage())
  const first = useRef(status)
  useEffect(() => {
    if (first.current !== status && status !== 'streaming') again()
  }, [status, again])
  return null
}
