'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessageOutline } from './message-context.ts'

/** `data-role`. */
export type MessageContentState = { readonly role: 'user' | 'assistant' }
export type MessageContentProps = PartProps<'div', MessageContentState>

/** What a message says, apart from what can be done with it: the bubble. Renders a `<div>`. */
export function MessageContent(props: MessageContentProps): ReactNode {
  const { role } = useMessageOutline()
  return usePart('div', props, { part: 'message-content', state: { role } })
}
