'use client'
import type { Part } from '@fluokit/core'
import { memo, type ReactNode } from 'react'
import type { ChatMessage } from '../chat-messages.ts'
import { PartContext, useMessage } from './message-context.ts'

export interface MessagePartsProps {
  /** Renders one part; give it the same function each time, and settled parts never render again. */
  readonly children: (part: Part) => ReactNode
}

/**
 * Every part of the message, in the order in which it came, each in a context of its own. Renders no element. What a
 * person wrote is one text part. Re-renders with its message; a part only when it changed.
 */
export function MessageParts({ children }: MessagePartsProps): ReactNode {
  return partsOf(useMessage()).map((part) => (
    <PartScope key={part.id} part={part}>
      {children}
    </PartScope>
  ))
}

const PartScope = memo(function PartScope({
  part,
  children,
}: MessagePartsProps & { readonly part: Part }): ReactNode {
  return <PartContext value={part}>{children(part)}</PartContext>
})

function partsOf(message: ChatMessage): readonly Part[] {
  if (message.role === 'assistant') return message.parts
  return [{ type: 'text', id: message.id, chunks: [message.input.query] }]
}
