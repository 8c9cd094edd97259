export * as ChatThread from './parts.ts'
export { ChatThreadRoot, type ChatThreadRootState, type ChatThreadRootProps } from './root.tsx'
export { ChatThreadDefault } from './default.tsx'
export {
  ChatThreadViewport,
  type ChatThreadViewportState,
  type ChatThreadViewportProps,
} from './viewport.tsx'
export { ChatThreadMessages, type ChatThreadMessagesProps } from './messages.tsx'
export { ChatThreadEmpty, type ChatThreadEmptyState, type ChatThreadEmptyProps } from './empty.tsx'
export {
  ChatThreadStatus,
  type ChatThreadStatusState,
  type ChatThreadStatusProps,
} from './status.tsx'
export { ChatThreadError, type ChatThreadErrorState, type ChatThreadErrorProps } from './error.tsx'
export { ChatThreadEdit, type ChatThreadEditState, type ChatThreadEditProps } from './edit.tsx'
export {
  ChatThreadCancel,
  type ChatThreadCancelState,
  type ChatThreadCancelProps,
} from './cancel.tsx'
export { ChatThreadQueued, type ChatThreadQueuedProps } from './queued.tsx'
export {
  ChatThreadCancelQueued,
  type ChatThreadCancelQueuedState,
  type ChatThreadCancelQueuedProps,
} from './cancel-queued.tsx'
export { ChatThreadRetry, type ChatThreadRetryState, type ChatThreadRetryProps } from './retry.tsx'
export {
  ChatThreadScrollToEnd,
  type ChatThreadScrollToEndProps,
  type ChatThreadScrollToEndState,
} from './scroll-to-end.tsx'
