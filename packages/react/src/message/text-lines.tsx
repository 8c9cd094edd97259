'use client'
import { Component, createRef, type ReactElement, type ReactNode } from 'react'
import { createLines, type Lines } from './create-lines.ts'
import { groupLines } from './group-lines.ts'
import type { GrowingPart } from './growth.ts'

interface TextLinesProps {
  readonly texts: readonly string[]
  readonly growing: GrowingPart | null
}

/**
 * The lines of a text. Renders a `<div>` with the lines in it, as they were at first. What comes later is written behind React's
 * back: it would set a line that grows anew, and what a person has selected in it would jump to its beginning; and it would compare
 * every line with each frame, and keep two records of each.
 */
export class TextLines extends Component<TextLinesProps> {
  readonly #element = createRef<HTMLDivElement>()
  readonly #firstTexts = this.props.texts
  #first: ReactElement | undefined
  #lines: Lines | undefined
  #leave: (() => void) | undefined

  override shouldComponentUpdate({ texts, growing }: TextLinesProps): boolean {
    return texts !== this.props.texts || growing !== this.props.growing
  }

  override componentDidMount(): void {
    const { texts, growing } = this.props
    // What was hidden and is shown again is mounted anew, whatever has come meanwhile.
    if (growing !== null || this.#lines !== undefined || texts !== this.#firstTexts) this.#follow()
  }

  override componentDidUpdate(before: TextLinesProps): void {
    if (before.growing === this.props.growing) this.#write()
    else this.#follow()
  }

  override componentWillUnmount(): void {
    this.#leave?.()
  }

  override render(): ReactNode {
    return (this.#first ??= <div ref={this.#element}>{elementsOf(this.#firstTexts)}</div>)
  }

  /** Finds the lines before anybody else puts something between them. */
  #follow(): void {
    this.#leave?.()
    this.#leave = this.props.growing?.subscribe(() => this.#write())
    this.#write()
  }

  #write(): void {
    const { texts, growing } = this.props
    const { current: element } = this.#element
    if (element === null) return
    this.#lines ??= createLines(element, this.#firstTexts)
    this.#lines.write(growing?.latest().chunks ?? texts)
  }
}

/** The first group stands beside the others, so that a short text needs no element more. */
function elementsOf(texts: readonly string[]): readonly ReactElement[] {
  const [first = [], ...others] = groupLines(texts)
  return [
    ...first.map(elementOf),
    ...others.map((group, index) => <div key={`group ${index}`}>{group.map(elementOf)}</div>),
  ]
}

function elementOf(text: string, index: number): ReactElement {
  return <div key={index}>{text}</div>
}
