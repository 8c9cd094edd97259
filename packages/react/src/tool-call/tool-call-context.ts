'use client'
import type { ToolCallPart } from '@fluokit/core'
import { useMessagePart } from '../message/message-context.ts'

/** The tool call of the `Message.Parts` above. Re-renders when it changes. Throws for a part of another type. */
export function useToolCall(): ToolCallPart {
  const part = useMessagePart()
  if (part.type === 'tool-call') return part
  throw new Error(
    `A part of ToolCall stands where the message part is of type "${part.type}". Render it for parts of type "tool-call" only.`,
  )
}
