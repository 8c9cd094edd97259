'use client'
import type { ToolCallPart, ToolName, TypedToolCall } from '@fluokit/core'
import { useMessagePart } from '../message/message-context.ts'

/** The tool call of the `Message.Parts` above. Re-renders when it changes. Throws for a part of another type. */
export function useToolCall(): ToolCallPart
/** The same, where it is a call of this tool and its data fit the registered schemas; null where not. */
export function useToolCall<Name extends ToolName>(tool: Name): TypedToolCall<Name> | null
export function useToolCall(tool?: ToolName): ToolCallPart | TypedToolCall | null {
  const part = useMessagePart()
  if (part.type !== 'tool-call') {
    throw new Error(
      `A part of ToolCall stands where the message part is of type "${part.type}". Render it for parts of type "tool-call" only.`,
    )
  }
  if (tool === undefined) return part
  // Which names have types, and which, only the application's own program knows.
  return part.isTyped === true && part.name === tool ? (part as TypedToolCall) : null
}
