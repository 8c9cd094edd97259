export { createFluoClient } from './client/create-client.ts'
export type { AcceptedRun, ClientWatcher } from './client/client-watcher.ts'
export type { FluoClient, FluoClientOptions, ThreadOptions } from './client/fluo-client.ts'
export type { TabChannel, TabLocks, Tabs } from './client/tabs.ts'
export type { ThreadName, ThreadSummary } from './client/thread-summary.ts'
export { memoryStorage } from './memory/memory-storage.ts'
export { memoryTranscripts } from './memory/memory-transcripts.ts'
export type { Awaitable, ThreadStorage } from './memory/thread-storage.ts'
export type { RunJournal, Transcript, TranscriptStore } from './memory/transcript-store.ts'
export { webStorage } from './memory/web-storage.ts'
export { fold } from './thread/fold.ts'
export type { FrameScheduler } from './thread/frame-commit.ts'
export type { Completion } from './thread/run-end.ts'
export { textOf } from './thread/text-chunks.ts'
export { isBusy, takesTurn, type WhenBusy } from './thread/turns.ts'
export {
  emptyRun,
  type Activity,
  type DoneTypedCall,
  type Message,
  type OpenTypedCall,
  type Part,
  type QueuedTurn,
  type Run,
  type RunEnd,
  type TextPart,
  type ThreadState,
  type ThreadStatus,
  type ToolCallPart,
  type Turn,
  type TypedToolCall,
  type UnknownPart,
  type UntypedToolCall,
} from './thread/thread-state.ts'
export type { ReadableStore, SendResult, Thread, ThreadActions } from './thread/thread.ts'
export { defineTools } from './tools/define-tools.ts'
export type {
  Register,
  RegisteredTools,
  ToolName,
  ToolSchema,
  ToolSchemas,
} from './tools/register.ts'
export type { StandardSchema } from './tools/standard-schema.ts'
export type { Tools } from './tools/tools.ts'
export { fluoTransport, type FluoTransportOptions } from './transport/fluo-transport.ts'
export { relayTransport, type RelayTransportOptions } from './transport/relay-transport.ts'
export type { EventBatches, RunCursor, Transport } from './transport/transport.ts'
export { decodeEvent } from './wire/decode-event.ts'
export { FluoFault, type FluoError, type FluoErrorCode } from './wire/errors.ts'
export type { DecodeEvent, FluoEvent, SseMessage } from './wire/fluo-event.ts'
export { readSse, type ReadSseOptions } from './wire/read-sse.ts'
export type { FileRef, RunRequest, TurnInput, UploadedFile } from './wire/run-request.ts'
