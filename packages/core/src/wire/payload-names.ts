/**
 * Every name that a payload of Fluo's events is read by. Fluo documents none of them, so this is a guess, wide on
 * purpose, and the files beside this one that begin with `decode` are the only ones in the kit that use it. Earlier names win over later ones, a name on top wins over
 * the same name inside a container.
 */
export const names = {
  type: ['type', 'event', 'kind', 'event_kind'],
  text: [
    'delta',
    'text',
    'content',
    'content_delta',
    'token',
    'chunk',
    'message',
    'parts',
    'value',
    'data',
  ],
  final: ['output', 'output_text', 'result', 'response', 'final', 'answer'],
  thinking: ['thinking', 'reasoning', 'summary', 'thought'],
  textContainers: ['data', 'delta', 'message', 'part', 'payload', 'choices'],
  thread: ['thread_id', 'threadId', 'thread'],
  messageId: ['message_id', 'messageId'],
  callId: ['tool_call_id', 'toolCallId', 'call_id', 'callId'],
  toolName: ['tool_name', 'toolName', 'name', 'tool'],
  input: ['input', 'args', 'arguments', 'parameters', 'tool_input', 'tool_args'],
  output: ['output', 'result', 'content', 'response', 'tool_output'],
  failure: ['error', 'error_message', 'detail'],
  toolContainers: ['tool', 'tool_call', 'toolCall', 'part', 'data', 'function', 'payload'],
  callContainers: ['tool_call', 'toolCall', 'part', 'data', 'payload'],
  status: ['status', 'status_code', 'code'],
} as const
