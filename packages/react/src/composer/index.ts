export * as Composer from './parts.ts'
export { ComposerRoot, type ComposerRootState, type ComposerRootProps } from './root.tsx'
export { ComposerInput, type ComposerInputState, type ComposerInputProps } from './input.tsx'
export { ComposerSend, type ComposerSendState, type ComposerSendProps } from './send.tsx'
export { ComposerStop, type ComposerStopState, type ComposerStopProps } from './stop.tsx'
export { ComposerHint, type ComposerHintState, type ComposerHintProps } from './hint.tsx'
export { ComposerError, type ComposerErrorState, type ComposerErrorProps } from './error.tsx'
export { ComposerAttachments, type ComposerAttachmentsProps } from './attachments.tsx'
export {
  ComposerRemoveAttachment,
  type ComposerRemoveAttachmentState,
  type ComposerRemoveAttachmentProps,
} from './remove-attachment.tsx'
export type { Refusal } from './draft.ts'
export type { SubmitMode } from './submit-mode.ts'
export type { ComposerView, SendReason, ValueReason } from './use-compose.ts'
export { useComposer } from './use-composer.ts'
