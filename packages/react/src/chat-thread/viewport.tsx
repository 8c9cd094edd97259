'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { isScrollUp } from './scroll-keys.ts'
import { useFollowEnd } from './use-follow-end.ts'

/** `data-following` while new text is kept in view. */
export type ChatThreadViewportState = { readonly isFollowing: boolean }
export type ChatThreadViewportProps = PartProps<'div', ChatThreadViewportState> & {
  /**
   * Where a turn goes that a person sends: `end` follows the end of the answer; `turn-start` puts the question at the
   * top of the view, where it stays while the answer grows below it. @default 'end'
   */
  readonly anchor?: 'end' | 'turn-start' | undefined
}

/**
 * The scrolling log. Renders a `<div role="log">` that can be scrolled with the keyboard. It is not live: a screen
 * reader is not read every delta.
 */
export function ChatThreadViewport({
  anchor = 'end',
  children,
  ...props
}: ChatThreadViewportProps): ReactNode {
  const { conversation } = useLabels()
  const hasSpace = anchor === 'turn-start'
  const { ref, spaceRef, isFollowing, letGo } = useFollowEnd(hasSpace)
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
        if (!event.defaultPrevented && isScrollUp(event)) letGo()
      },
    },
  })
}
