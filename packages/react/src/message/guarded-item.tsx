'use client'
import { PureComponent, useEffect, useRef, type Context, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { Broken } from './broken.tsx'
import { useMessage } from './message-context.ts'
import { messageStatus } from './message-status.ts'

interface GuardedItemProps<T> {
  readonly item: T
  /** What tells everything below of the item. */
  readonly context: Context<T | null>
  readonly children: (item: T) => ReactNode
  /** What the app renders in the place of an item whose rendering threw. */
  readonly fallback: ((item: T, error: unknown) => ReactNode) | undefined
  /** The text of an item, for where there is no fallback or that throws too. */
  readonly textOf: (item: T) => string
}

interface GuardedItemState {
  readonly caught: { readonly error: unknown } | null
}

/**
 * A message, or a part of the message around, in a context of its own, so that its throw takes nothing else down. Renders
 * again when the item or a function does. A class of its own, and not four components around each other: a log has two of these for each message.
 */
export class GuardedItem<T> extends PureComponent<GuardedItemProps<T>, GuardedItemState> {
  override state: GuardedItemState = { caught: null }

  static getDerivedStateFromError(error: unknown): GuardedItemState {
    return { caught: { error } }
  }

  readonly #again = (): void => this.setState({ caught: null })

  override render(): ReactNode {
    const { item, context: Scope, children } = this.props
    const { caught } = this.state
    return (
      <Scope value={item}>
        {caught === null ? (
          <Render item={item}>{children}</Render>
        ) : (
          <FallenItem {...this.props} error={caught.error} again={this.#again} />
        )}
      </Scope>
    )
  }
}

interface FallenItemProps<T> extends GuardedItemProps<T>, AgainAtEndProps {
  readonly error: unknown
}

function FallenItem<T>({ item, fallback, textOf, error, again }: FallenItemProps<T>): ReactNode {
  return (
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
