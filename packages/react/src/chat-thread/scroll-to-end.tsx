'use client'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { RootContext } from './root-context.ts'

/** `data-following` while the end is kept in view, `data-unread` with the number of messages that began since it was let go. */
export type ChatThreadScrollToEndState = {
  readonly isFollowing: boolean
  readonly unread: number | null
}
export type ChatThreadScrollToEndProps = PartProps<'button', ChatThreadScrollToEndState>

/**
 * Goes to the end of the log and keeps it in view from the press on, also while an answer grows. A near end is glided
 * to, but at once for those who want no motion. Renders a `<button>`, `aria-disabled` while the end is kept in view
 * already, or all of an answer under `anchor="turn-start"` is. An app may hide it then: the focus moves to the log.
 * Re-renders when following or the unread number change.
 */
export function ChatThreadScrollToEnd(props: ChatThreadScrollToEndProps): ReactNode {
  const { scrollToEnd } = useLabels()
  const root = useRequired(RootContext, '<ChatThread.ScrollToEnd>', 'ChatThread.Root')
  const { isFollowing, unread, toEnd } = useStore(root.scroll)
  return usePart('button', props, {
    part: 'chat-thread-scroll-to-end',
    state: { isFollowing, unread: unread === 0 ? null : unread },
    props: {
      type: 'button',
      'aria-disabled': isFollowing,
      'aria-label': scrollToEnd(unread),
      onClick(event) {
        if (event.defaultPrevented || isFollowing) return
        toEnd()
        root.logRef.current?.focus({ preventScroll: true })
      },
    },
  })
}
