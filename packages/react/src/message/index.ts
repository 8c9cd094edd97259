export * as Message from './parts.ts'
export { MessageRoot, type MessageRootState, type MessageRootProps } from './root.tsx'
export { MessageHeading, type MessageHeadingState, type MessageHeadingProps } from './heading.tsx'
export { MessageContent, type MessageContentState, type MessageContentProps } from './content.tsx'
export { MessageParts, type MessagePartsProps } from './each-part.tsx'
export { MessageAttachments, type MessageAttachmentsProps } from './attachments.tsx'
export { MessageText, type MessageTextState, type MessageTextProps } from './text.tsx'
export { MessageStatus, type MessageStatusState, type MessageStatusProps } from './status.tsx'
export { MessageError, type MessageErrorState, type MessageErrorProps } from './error.tsx'
export { MessageActions, type MessageActionsState, type MessageActionsProps } from './actions.tsx'
export { MessageCopy, type MessageCopyState, type MessageCopyProps } from './copy.tsx'
export { MessageRetry, type MessageRetryState, type MessageRetryProps } from './retry.tsx'
export { MessageReuse, type MessageReuseState, type MessageReuseProps } from './reuse.tsx'
export {
  MessageTimestamp,
  type MessageTimestampState,
  type MessageTimestampProps,
} from './timestamp.tsx'
export { useMessage, useMessagePart } from './message-context.ts'
