import type { ToolCallPart, UntypedToolCall } from './thread-state.ts'

/** The call without what schemas have said of it: `invalid` was `done`. */
export function uncheckedCall(call: ToolCallPart): UntypedToolCall {
  if (call.isTyped === undefined && call.status !== 'invalid') return call
  const { isTyped: _isTyped, ...facts } = call
  return facts.status === 'invalid' ? { ...facts, status: 'done' } : facts
}
