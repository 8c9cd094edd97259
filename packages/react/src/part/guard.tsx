'use client'
import { Component, type ReactNode } from 'react'

interface GuardProps {
  readonly children: ReactNode
  /** What stands in the place of children that threw; `again` renders them anew. */
  readonly fallback: (error: unknown, again: () => void) => ReactNode
}

interface GuardState {
  readonly caught: { readonly error: unknown } | null
}

/** Keeps a throw while rendering to itself: what stands around it stays. React reports it as it reports any other. */
export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { caught: null }

  static getDerivedStateFromError(error: unknown): GuardState {
    return { caught: { error } }
  }

  readonly again = (): void => this.setState({ caught: null })

  override render(): ReactNode {
    const { caught } = this.state
    return caught === null ? this.props.children : this.props.fallback(caught.error, this.again)
  }
}
