'use client'
import { Component, createRef, type ReactNode } from 'react'

interface GrowingLineProps {
  readonly text: string
}

/**
 * A line that may still grow. Renders a `<div>` with the text as it was at first; what comes later is added to its node behind
 * React's back, for React would set the whole text anew, and whatever a person selects in it would jump to its beginning.
 */
export class GrowingLine extends Component<GrowingLineProps> {
  readonly #first = this.props.text
  #shown = this.#first
  readonly #element = createRef<HTMLDivElement>()

  override shouldComponentUpdate({ text }: GrowingLineProps): boolean {
    return text !== this.props.text
  }

  override componentDidMount(): void {
    this.#write()
  }

  override componentDidUpdate(): void {
    this.#write()
  }

  override render(): ReactNode {
    return <div ref={this.#element}>{this.#first}</div>
  }

  #write(): void {
    const { text } = this.props
    const element = this.#element.current
    const shown = this.#shown
    if (element === null || text === shown) return
    this.#shown = text
    const node = element.firstChild
    // Unless something else has written there, such as a translation of the page.
    const isOurs = node?.nodeType === 3 && node === element.lastChild
    const words = isOurs ? (node as Text) : null
    if (words?.length === shown.length && text.startsWith(shown)) {
      words.appendData(text.slice(shown.length))
    } else element.textContent = text
  }
}
