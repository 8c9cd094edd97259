import type { ReactNode } from 'react'

/** What a drop would do, over the chat while files are dragged across it. */
export function DropHint(): ReactNode {
  return (
    <p data-part="drop-hint" aria-hidden="true">
      <span>Drop to attach</span>
      <span>Files of this kind cannot be attached</span>
    </p>
  )
}
