'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { moveToMessage } from './message-keys.ts'
import { isScrollUp } from './scroll-keys.ts'
import { useFollowEnd } from './use-follow-end.ts'
import { useKeepFocus } from './use-keep-focus.ts'
import { useStopOnEscape } from './use-stop-on-escape.ts'

/** `data-following` while new text is kept in view. */
export type ChatThreadViewportState = { readonly isFollowing: boolean }
export type ChatThreadViewportProps = PartProps<'div', ChatThreadViewportState> & {
  /**
   * Where a turn goes that a person sends. `end` goes to the end and follows it. `turn-start` puts the question at the
   * top of the view (`scroll-margin-top` keeps it off the edge; of one taller than half the view only its last half
   * view shows) and lets the answer grow below it without any movement. An empty `<div data-part="chat-thread-space">`
   * after the children makes the room for it; its `min-height` is the one style it has. @default 'end'
   */
  readonly anchor?: 'end' | 'turn-start' | undefined
  /**
   * Whether keys move the focus from message to message: Alt+ArrowUp and Alt+ArrowDown from anywhere in the log, Home
   * and End from a message. Messages are no tab stops: the log stays the one. @default false
   */
  readonly messageKeys?: boolean | undefined
}

/**
 * The scrolling log. Renders a `<div role="log">` that can be scrolled with the keyboard. It is not live: a screen
 * reader is not read every delta.
 *
 * Follows the end, until a person scrolls up, selects text or reaches something inside with a keyboard; scrolling down
 * to the end, ChatThread.ScrollToEnd or sending a turn follows it again. With `anchor="turn-start"` a sent turn is not
 * followed: `data-following` is there while all of its answer is in view. Native scroll anchoring keeps in place what is
 * read while something above it changes, and is off (`overflow-anchor: none`, inline) only while the end is followed.
 * When a reset, another thread or the first turn takes away what has the focus in the log, the log takes the focus, or
 * the input if a keyboard began the thread. Escape ends the open run. Re-renders when following begins or ends, and with another first turn.
 */
export function ChatThreadViewport({
  anchor = 'end',
  messageKeys = false,
  children,
  ...props
}: ChatThreadViewportProps): ReactNode {
  const { conversation } = useLabels()
  const hasSpace = anchor === 'turn-start'
  const { ref, spaceRef, isFollowing, letGo } = useFollowEnd(hasSpace)
  useKeepFocus(ref)
  const onEscape = useStopOnEscape()
  return usePart('div', props, {
    part: 'chat-thread-viewport',
    state: { isFollowing },
    ref,
    props: {
      role: 'log',
      'aria-live': 'off',
      'aria-label': conversation,
      tabIndex: 0,
      children: (
        <>
          {children}
          {hasSpace && <div aria-hidden="true" data-part="chat-thread-space" ref={spaceRef} />}
        </>
      ),
      onKeyDown(event) {
        onEscape(event)
        if (event.defaultPrevented) return
        if (messageKeys && moveToMessage(event)) return
        if (isScrollUp(event)) letGo()
      },
    },
  })
}
