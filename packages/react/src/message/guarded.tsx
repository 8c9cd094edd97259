'use client'
import { PureComponent, useEffect, useRef, type Context, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { Broken } from './broken.tsx'
import { useMessageOutline } from './message-context.ts'
import { messageStatus } from './message-status.ts'

interface GuardedProps<T, Scope> {
  /** The item as the app's code gets it. */
  readonly item: T
  /** What our own parts below are told of it, and where. */
  readonly scope: Scope
  readonly context: Context<Scope | null>
  readonly children: (item: T) => ReactNode
  /** What the app renders in the place of an item whose rendering threw. */
  readonly fallback: ((item: T, error: unknown) => ReactNode) | undefined
  /** The text of an item, for where there is no fallback or that throws too. */
  readonly textOf: (item: T) => string
}

interface GuardedState {
  readonly caught: { readonly error: unknown } | null
}

/**
 * A message, or a part of the message around, in its context, so that its throw takes nothing else down. Re-renders when the
 * item changes, what is told of it, or what renders it. One component for all of that: there is one for every message and part of a thread.
 */
export class Guarded<T, Scope> extends PureComponent<GuardedProps<T, Scope>, GuardedState> {
  override state: GuardedState = { caught: null }

  static getDerivedStateFromError(error: unknown): GuardedState {
    return { caught: { error } }
  }

  readonly again = (): void => this.setState({ caught: null })

  override render(): ReactNode {
    const { item, scope, context: ItemContext, children } = this.props
    const { caught } = this.state
    return (
      <ItemContext value={scope}>
        {caught === null ? <Render item={item}>{children}</Render> : this.#instead(caught.error)}
      </ItemContext>
    )
  }

  #instead(error: unknown): ReactNode {
    const { item, fallback, textOf } = this.props
    return (
      <>
        <AgainAtEnd again={this.again} />
        {fallback === undefined ? (
          <Broken text={textOf(item)} />
        ) : (
          <Guard fallback={() => <Broken text={textOf(item)} />}>
            <Render item={item}>{(shown) => fallback(shown, error)}</Render>
          </Guard>
        )}
      </>
    )
  }
}

interface AgainAtEndProps {
  readonly again: () => void
}

/** Tries again once the message has ended: half an answer may be what could not be rendered. */
function AgainAtEnd({ again }: AgainAtEndProps): ReactNode {
  const status = messageStatus(useMessageOutline())
  const first = useRef(status)
  useEffect(() => {
    if (first.current !== status && status !== 'streaming') again()
  }, [status, again])
  return null
}
