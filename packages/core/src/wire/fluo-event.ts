import type { FluoError } from './errors.ts'

/** One message of a server-sent event stream; `id` is the last ID seen so far, `''` when there was none. */
export interface SseMessage {
  readonly event: string
  readonly data: string
  readonly id: string
}

/**
 * What the kit means by each of Fluo's events, whatever the payload looked like.
 * `threadRef` is Fluo's raw thread ID where the reader talks to Fluo itself, and the relay's sealed handle behind a relay.
 * `mode: 'replace'` says that `text` is the whole text so far. An `unknown` event keeps its raw text.
 */
export type FluoEvent =
  | { readonly type: 'run_start'; readonly threadRef?: string }
  | MessageEvent
  | ToolEvent
  | { readonly type: 'error'; readonly error: FluoError }
  | { readonly type: 'unknown'; readonly event: string; readonly raw: string }

interface MessageEvent {
  readonly type: 'message_delta' | 'message_final' | 'thinking_part'
  readonly text?: string
  readonly mode?: 'append' | 'replace'
  readonly messageId?: string
  readonly threadRef?: string
}

interface ToolEvent {
  readonly type: 'tool_start' | 'tool_end'
  readonly callId?: string
  readonly name?: string
  readonly input?: unknown
  readonly output?: unknown
  readonly error?: string
}

/**
 * An application's own reader for agents with unusual payloads: returns the events a message means, or calls
 * `next` for the kit's reading of it. Returning `[]` says that the message means nothing.
 */
export type DecodeEvent = (
  message: SseMessage,
  next: (message: SseMessage) => readonly FluoEvent[],
) => readonly FluoEvent[]
