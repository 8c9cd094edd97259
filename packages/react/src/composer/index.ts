export * as Composer from './parts.ts'
export { ComposerRoot, type ComposerRootState, type ComposerRootProps } from './root.tsx'
export { ComposerInput, type ComposerInputState, type ComposerInputProps } from './input.tsx'
export { ComposerSend, type ComposerSendState, type ComposerSendProps } from './send.tsx'
export { ComposerStop, type ComposerStopState, type ComposerStopProps } from './stop.tsx'
export { ComposerHint, type ComposerHintState, type ComposerHintProps } from './hint.tsx'
export { ComposerError, type ComposerErrorState, type ComposerErrorProps } from './error.tsx'
export { ComposerAttachments, type ComposerAttachmentsProps } from './attachments.tsx'
export {
  ComposerAttachTrigger,
  type ComposerAttachTriggerState,
  type ComposerAttachTriggerProps,
} from './attach-trigger.tsx'
export {
  ComposerDropzone,
  type ComposerDropzoneState,
  type ComposerDropzoneProps,
} from './dropzone.tsx'
export {
  ComposerWaiting,
  type ComposerWaitingState,
  type ComposerWaitingProps,
} from './waiting.tsx'
export {
  ComposerCancelWaiting,
  type ComposerCancelWaitingState,
  type ComposerCancelWaitingProps,
} from './cancel-waiting.tsx'
export type { Refusal } from './draft.ts'
export type { SubmitMode } from './submit-mode.ts'
export type { ComposerView, SendReason, ValueReason } from './composer-view.ts'
export { useComposer } from './use-composer.ts'
