'use client'
import { textOf, type Part } from '@fluokit/core'
import { use, type ReactNode } from 'react'
import type { ChatMessage } from '../chat-messages.ts'
import { isOpen } from './growth.ts'
import { Guarded } from './guarded.tsx'
import { useMessageOutline } from './message-context.ts'
import { PartContext } from './part-scope.ts'
import { scopesOf } from './part-scopes.ts'
import { TurnContext } from './turn-scope.ts'

export interface MessagePartsProps {
  /** Renders one part; give it the same function each time, and settled parts never render again. */
  readonly children: (part: Part) => ReactNode
  /** Renders in the place of a part whose rendering threw. @default a sentence, and its text as it is */
  readonly fallback?: ((part: Part, error: unknown) => ReactNode) | undefined
}

/**
 * Every part of the message, in the order in which it came, each in a context of its own. Renders no element. What a
 * person wrote is one text part. Re-renders with its message; a part only when it changed, and for text that grows only where the
 * function reads it. A part whose rendering throws takes nothing else down; its event handlers and what it awaits are not guarded.
 */
export function MessageParts({ children, fallback }: MessagePartsProps): ReactNode {
  const message = useMessageOutline()
  const growth = isOpen(message) ? use(TurnContext)?.growth : null
  return scopesOf(message, partsOf(message), growth ?? null).map((scope) => (
    <Guarded
      key={scope.part.id}
      item={scope.growing?.watched ?? scope.part}
      scope={scope}
      context={PartContext}
      fallback={fallback}
      textOf={rawTextOf}
    >
      {children}
    </Guarded>
  ))
}

function rawTextOf(part: Part): string {
  if (part.type === 'tool-call') return part.name
  return part.type === 'unknown' ? part.raw : textOf(part)
}

function partsOf(message: ChatMessage): readonly Part[] {
  if (message.role === 'assistant') return message.parts
  const { query } = message.input
  return query === '' ? [] : [{ type: 'text', id: message.id, chunks: [query] }]
}
