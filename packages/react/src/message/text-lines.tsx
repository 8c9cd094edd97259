'use client'
import { Component, createRef, type ReactNode } from 'react'

interface TextLinesProps {
  readonly texts: readonly string[]
}

/**
 * Some lines of a text, of which the last may grow. Renders a `<div>` with one for each line, and its text as that was at
 * first; what comes later is added to the line's node behind React's back, for React would set the whole line anew, and
 * what a person has selected in it would jump to its beginning.
 */
export class TextLines extends Component<TextLinesProps> {
  readonly #element = createRef<HTMLDivElement>()
  /** What React wrote into each line, and what stands there now. */
  readonly #first: string[] = []
  readonly #shown: string[] = []

  override shouldComponentUpdate({ texts }: TextLinesProps): boolean {
    const before = this.props.texts
    return texts.length !== before.length || texts.some((text, index) => text !== before[index])
  }

  override componentDidMount(): void {
    this.#write()
  }

  override componentDidUpdate(): void {
    this.#write()
  }

  override render(): ReactNode {
    const lines = this.props.texts.map((text, index) => {
      this.#first[index] ??= text
      return <div key={index}>{this.#first[index]}</div>
    })
    return <div ref={this.#element}>{lines}</div>
  }

  #write(): void {
    const { texts } = this.props
    texts.forEach((text, index) => {
      const shown = (this.#shown[index] ??= this.#first[index] ?? '')
      const line = this.#element.current?.children[index]
      if (line !== undefined && text !== shown) write(line, shown, text)
      this.#shown[index] = text
    })
    this.#first.length = this.#shown.length = texts.length
  }
}

function write(line: Element, shown: string, text: string): void {
  const node = line.firstChild
  // Unless something else has written there, such as a translation of the page.
  const isOurs = node?.nodeType === 3 && node === line.lastChild
  const words = isOurs ? (node as Text) : null
  if (words?.length === shown.length && text.startsWith(shown)) {
    words.appendData(text.slice(shown.length))
  } else line.textContent = text
}
