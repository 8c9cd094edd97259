'use client'
import { Component, createRef, type ReactElement, type ReactNode } from 'react'

interface TextLinesProps {
  readonly texts: readonly string[]
}

/**
 * Some lines of a text, of which the last may grow. Renders a `<div>` with one for each line, as they were at first. What comes
 * later is written behind React's back: it would set the whole line anew, and what a person has selected in it would jump to
 * its beginning; and it would compare every line with each frame, and keep two records of each.
 */
export class TextLines extends Component<TextLinesProps> {
  readonly #element = createRef<HTMLDivElement>()
  #first: ReactElement | undefined
  /** What stands in each line now. */
  #shown: readonly string[] = []
  /** The lines on the page: what somebody else has put between them, such as a translation, is none. */
  #lines: Element[] | undefined

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
    if (this.#first === undefined) {
      const { texts } = this.props
      const lines = texts.map((text, index) => <div key={index}>{text}</div>)
      this.#first = <div ref={this.#element}>{lines}</div>
      this.#shown = texts
    }
    return this.#first
  }

  #write(): void {
    const { texts } = this.props
    const { current: element } = this.#element
    if (element === null) return
    const lines = (this.#lines ??= [...element.children])
    if (texts === this.#shown) return
    texts.forEach((text, index) => {
      const line = lines[index]
      if (line === undefined) {
        const added = element.ownerDocument.createElement('div')
        added.textContent = text
        element.append(added)
        lines.push(added)
      } else if (text !== this.#shown[index]) write(line, this.#shown[index] ?? '', text)
    })
    while (lines.length > texts.length) lines.pop()?.remove()
    this.#shown = texts
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
