'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useFollowEnd } from './use-follow-end.ts'
import { useStopOnEscape } from './use-stop-on-escape.ts'

/** `data-following` while new text is kept in view. */
export type ChatThreadViewportState = { readonly isFollowing: boolean }
export type ChatThreadViewportProps = PartProps<'div', ChatThreadViewportState>

/**
 * The scrolling log. Renders a `<div role="log">` that can be scrolled with the keyboard. It is not live: a screen
 * reader is not read every delta. Follows the end until the person scrolls up, and again from the end on.
 * Escape ends the open run.
 */
export function ChatThreadViewport(props: ChatThreadViewportProps): ReactNode {
  const { conversation } = useLabels()
  const { ref, isFollowing } = useFollowEnd()
  const onKeyDown = useStopOnEscape()
  return usePart('div', props, {
    part: 'chat-thread-viewport',
    state: { isFollowing },
    ref,
    props: { role: 'log', 'aria-live': 'off', 'aria-label': conversation, tabIndex: 0, onKeyDown },
  })
}
