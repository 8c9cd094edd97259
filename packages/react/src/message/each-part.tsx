'use client'
import { textOf, type Part } from '@fluokit/core'
import { memo, useMemo, type ReactNode } from 'react'
import type { ChatMessage } from '../chat-messages.ts'
import { Guarded } from './guarded.tsx'
import { PartContext, useMessage } from './message-context.ts'
import { PartPlaceContext, type PartPlace } from './part-place.ts'

export interface MessagePartsProps {
  /** Renders one part; give it the same function each time, and settled parts never render again. */
  readonly children: (part: Part) => ReactNode
  /** Renders in the place of a part whose rendering threw. @default a sentence, and its text as it is */
  readonly fallback?: ((part: Part, error: unknown) => ReactNode) | undefined
}

/**
 * Every part of the message, in the order in which it came, each in a context of its own. Renders no element. What a
 * person wrote is one text part. Re-renders with its message; a part only when it changed. A part
 * whose rendering throws takes nothing else down; its event handlers and what it awaits are not guarded.
 */
export function MessageParts({ children, fallback }: MessagePartsProps): ReactNode {
  const message = useMessage()
  const parts = partsOf(message)
  const isOpen = message.role === 'assistant' && message.end === null
  const answer = parts.findLastIndex(({ type }) => type === 'text' || type === 'thinking')
  return parts.map((part, index) => (
    <PlacedPart
      key={part.id}
      part={part}
      fallback={fallback}
      isNewest={isOpen && index === parts.length - 1}
      isBeforeAnswer={isOpen && index >= answer}
      nextStartedAt={parts[index + 1]?.startedAt}
    >
      {children}
    </PlacedPart>
  ))
}

interface PlacedPartProps extends PartPlace {
  readonly part: Part
  readonly children: MessagePartsProps['children']
  readonly fallback: MessagePartsProps['fallback']
}

/** Around what is guarded: what changes about a part's place renders only who asks for it. */
const PlacedPart = memo(function PlacedPart({
  isNewest,
  isBeforeAnswer,
  nextStartedAt,
  part,
  children,
  fallback,
}: PlacedPartProps): ReactNode {
  const place = useMemo(
    () => ({ isNewest, isBeforeAnswer, nextStartedAt }),
    [isNewest, isBeforeAnswer, nextStartedAt],
  )
  return (
    <PartPlaceContext value={place}>
      <Guarded item={part} context={PartContext} fallback={fallback} textOf={rawTextOf}>
        {children}
      </Guarded>
    </PartPlaceContext>
  )
})

function rawTextOf(part: Part): string {
  if (part.type === 'tool-call') return part.name
  return part.type === 'unknown' ? part.raw : textOf(part)
}

function partsOf(message: ChatMessage): readonly Part[] {
  if (message.role === 'assistant') return message.parts
  const { query } = message.input
  return query === '' ? [] : [{ type: 'text', id: message.id, chunks: [query] }]
}
