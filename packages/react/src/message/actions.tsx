'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessageOutline } from './message-context.ts'
import { messageStatus } from './message-status.ts'

/** `data-role`. */
export type MessageActionsState = { readonly role: 'user' | 'assistant' }
export type MessageActionsProps = PartProps<'div', MessageActionsState>

/**
 * What can be done with a message that stands. Renders a `<div role="group">` named by the labels, and nothing while
 * the message is still being written.
 */
export function MessageActions(props: MessageActionsProps): ReactNode {
  const { actions } = useLabels()
  const message = useMessageOutline()
  const status = messageStatus(message)
  const element = usePart('div', props, {
    part: 'message-actions',
    state: { role: message.role },
    props: { role: 'group', 'aria-label': actions },
  })
  return status === 'pending' || status === 'streaming' ? null : element
}
