'use client'
import { Component, type ReactNode } from 'react'

interface KeepSelectionProps {
  readonly children: ReactNode
}

/** An end of a selection, with the text of its node up to there. */
interface End {
  readonly node: Node
  readonly offset: number
  readonly text: string | null
}

/**
 * Around a text that grows: what a person has selected in it stays selected. React sets a text anew once it has become
 * longer, and the ends of a selection in it would jump to its beginning. Renders no element of its own.
 */
export class KeepSelection extends Component<KeepSelectionProps> {
  override getSnapshotBeforeUpdate(): readonly End[] {
    const selection = document.getSelection()
    if (selection === null) return []
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
    if (anchorNode === null || focusNode === null) return []
    return [endAt(anchorNode, anchorOffset), endAt(focusNode, focusOffset)]
  }

  override componentDidUpdate(
    _props: KeepSelectionProps,
    _state: unknown,
    [anchor, focus]: readonly End[],
  ): void {
    const selection = document.getSelection()
    if (selection === null || anchor === undefined || focus === undefined) return
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
    // One in other nodes is another, which somebody has made meanwhile.
    if (anchorNode !== anchor.node || focusNode !== focus.node) return
    if (anchorOffset === anchor.offset && focusOffset === focus.offset) return
    if (!isThere(anchor) || !isThere(focus)) return
    selection.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset)
  }

  override render(): ReactNode {
    return this.props.children
  }
}

function endAt(node: Node, offset: number): End {
  return { node, offset, text: node.nodeValue?.slice(0, offset) ?? null }
}

/** Whether an end can be where it was: the text up to there is what it was, or it never was in one. */
function isThere({ node, offset, text }: End): boolean {
  return text === null
    ? offset <= node.childNodes.length
    : node.nodeValue?.startsWith(text) === true
}
